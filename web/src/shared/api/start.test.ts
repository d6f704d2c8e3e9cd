import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { tokenFor } from "@fake/tokens";
import { setUpFakeApi } from "@/shared/testing/fake-api";

import { createApi } from "./client";
import { keys } from "./keys";
import { createQueryClient } from "./query-client";
import { loadStart } from "./start";

const fake = setUpFakeApi();
const api = createApi("/api", { token: () => tokenFor(people.sam), renew: () => Promise.resolve(false) });
const load = (queries = createQueryClient()) => loadStart(api, queries, new AbortController().signal);

const FORBIDDEN = { title: "You may not do this", status: 403, code: "forbidden", detail: "Your sign-in has none of the roles." };
const NOT_NOW = { title: "Not available right now", status: 503, code: "unavailable", detail: "Try again." };
const PARTS = ["feed", "escalations", "sessions", "notifications", "live"];

function answering(change: object): void {
  const nothing = Object.fromEntries(PARTS.map((part) => [part, null]));
  const me = { ...people.sam, account_id: "acme", skills: [] };
  fake.server.use(http.get("*/start", () => HttpResponse.json({ me, ...nothing, problems: {}, ...change })));
}

test("the first screen is loaded in one request, and its queries find it", async () => {
  const asked: string[] = [];
  fake.server.events.on("request:start", ({ request }) => void asked.push(new URL(request.url).pathname));
  const queries = createQueryClient();

  const me = await load(queries);

  expect(me.name).toBe(people.sam.name);
  expect(asked).toEqual(["/api/start"]);
  for (const key of [keys.escalations, keys.sessions, keys.notifications]) {
    expect(queries.getQueryData(key)).toMatchObject({ pages: [{ items: [] }], pageParams: [""] });
  }
  fake.server.events.removeAllListeners();
});

test("a part that failed is left to its own query", async () => {
  answering({ problems: { escalations: NOT_NOW }, sessions: { items: [], next_cursor: null } });
  const queries = createQueryClient();

  await load(queries);

  expect(queries.getQueryData(keys.escalations)).toBeUndefined();
  expect(queries.getQueryData(keys.sessions)).toBeDefined();
});

test("somebody without a role gets the refusal of all the rest", async () => {
  const me = { id: "sub", account_id: "acme", name: "New", email: "new@acme.example", role: null };
  answering({ me, problems: Object.fromEntries(PARTS.map((part) => [part, FORBIDDEN])) });

  await expect(load()).rejects.toMatchObject({ code: "forbidden", status: 403, message: FORBIDDEN.detail });
});

test("a profile that could not be read is a problem that passes", async () => {
  answering({ me: null, problems: { me: NOT_NOW } });

  await expect(load()).rejects.toMatchObject({ code: "unavailable", isPassing: true });
});

test("what the page knows already is not replaced", async () => {
  const queries = createQueryClient();
  const known = { pages: [{ items: [], next_cursor: "more" }], pageParams: [""] };
  queries.setQueryData(keys.sessions, known);

  await load(queries);

  expect(queries.getQueryData(keys.sessions)).toBe(known);
});
