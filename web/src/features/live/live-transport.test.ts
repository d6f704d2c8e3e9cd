import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { tokenFor } from "@fake/tokens";
import { createApi } from "@/shared/api/client";
import { setUpFakeApi } from "@/shared/testing/fake-api";

import { liveTransport } from "./live-transport";

const fake = setUpFakeApi();
const api = createApi("/api", { token: () => tokenFor(people.sam), renew: () => Promise.resolve(false) });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const startingWith = (seconds: number) =>
  liveTransport(api, { feed: { resume_after: "7" }, live: { url: "wss://given", expires_at: inSeconds(seconds) } });

function issueTokens(): void {
  const token = { url: "wss://asked", expires_at: inSeconds(60) };
  fake.server.use(http.post("*/live/tokens", () => HttpResponse.json(token, { status: 201 })));
}

test("the first socket uses the address that came with the first screen, the next asks for one", async () => {
  issueTokens();
  const transport = startingWith(60);

  expect(await transport.requestSocketUrl()).toBe("wss://given");
  expect(await transport.requestSocketUrl()).toBe("wss://asked");
});

test("an address that has all but ended is not tried", async () => {
  issueTokens();

  expect(await startingWith(2).requestSocketUrl()).toBe("wss://asked");
});

test("the first read of the feed is the position that came with the first screen", async () => {
  const transport = startingWith(60);

  expect(await transport.readFeed(null)).toEqual({ events: [], resumeAfter: "7", isPosition: true });
  expect(await transport.readFeed("0")).toEqual({ events: [], resumeAfter: "0" });
});
