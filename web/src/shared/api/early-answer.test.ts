import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { answerOf, createApi } from "./client";
import { askEarly } from "./early-answer";
import { addressOf } from "./fresh-token";
import { meQuery } from "./me";
import { createQueryClient } from "./query-client";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const ME = { id: "e", account_id: "acme", name: "Sam", email: "sam@acme.example", role: "senior", skills: [] };
const START = { me: ME, feed: null, live: null, escalations: null, sessions: null, handed_off: null, notifications: null, problems: {} };

/** Answers `/start` with these in turn, the last one from then on. Returns the tokens that it was asked with. */
function answering(...answers: (() => Response)[]): (string | null)[] {
  const asked: (string | null)[] = [];
  server.use(
    http.get("*/api/start", ({ request }) => {
      asked.push(request.headers.get("Authorization"));
      return answers[Math.min(asked.length, answers.length) - 1]!();
    }),
  );
  return asked;
}

const started = () => HttpResponse.json(START);
const expired = () => HttpResponse.json({ code: "unauthenticated", status: 401, detail: "No." }, { status: 401 });
const forbidden = () => HttpResponse.json({ code: "forbidden", status: 403, detail: "No." }, { status: 403 });

function page() {
  let token = "old";
  const renew = () => {
    token = "new";
    return Promise.resolve(true);
  };
  const credentials = { token: () => token, renew };
  const early = askEarly(`${addressOf("/api")}/start`, credentials);
  const api = createApi("/api", credentials, early);
  const queries = createQueryClient();
  return { api, start: () => queries.query({ ...meQuery(api), retryDelay: 0 }) };
}

test("what was asked early is not asked again", async () => {
  const asked = answering(started);

  const me = await page().start();

  expect(me.name).toBe(ME.name);
  expect(asked).toEqual(["Bearer old"]);
});

test("an early answer is given to the first who asks, and the next one sends a request", async () => {
  const asked = answering(started);
  const { api } = page();

  await Promise.all([answerOf(api.GET("/start")), answerOf(api.GET("/start"))]);

  expect(asked).toHaveLength(2);
});

test("another request does not get the early answer", async () => {
  const asked = answering(started);
  server.use(http.get("*/api/me", () => HttpResponse.json({ ...ME, name: "by /me" })));
  const { api, start } = page();

  expect(await answerOf(api.GET("/me"))).toMatchObject({ name: "by /me" });
  await start();

  expect(asked).toHaveLength(1);
});

test("an early request with an expired token is sent again with a new one", async () => {
  const asked = answering(expired, started);

  await page().start();

  expect(asked).toEqual(["Bearer old", "Bearer new"]);
});

test("an early request that did not reach the API is followed by a usual one", async () => {
  const asked = answering(() => HttpResponse.error(), started);

  const me = await page().start();

  expect(me.name).toBe(ME.name);
  expect(asked).toHaveLength(2);
});

test("a refusal of the early request is what the page says", async () => {
  const asked = answering(forbidden);

  await expect(page().start()).rejects.toMatchObject({ code: "forbidden", status: 403 });

  expect(asked).toHaveLength(1);
});

test("who no longer wants the early answer is told so at once", async () => {
  answering(() => HttpResponse.error());
  const { api } = page();
  const leaving = new AbortController();
  leaving.abort();

  await expect(api.GET("/start", { signal: leaving.signal })).rejects.toMatchObject({ name: "AbortError" });
});
