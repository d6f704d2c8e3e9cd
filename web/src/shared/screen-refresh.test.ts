import { focusManager, onlineManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { tokenFor } from "@fake/tokens";
import { setUpFakeApi } from "@/shared/testing/fake-api";

import { createApi } from "./api/client";
import { keys } from "./api/keys";
import { createQueryClient } from "./api/query-client";
import { refreshOnReturn, ScreenRefresh, type StateKey } from "./screen-refresh";
import { KEYS_OF_ALL_EVENTS, staleKeysOf } from "./stale-keys";

const fake = setUpFakeApi();
const api = createApi("/api", { token: () => tokenFor(people.sam), renew: () => Promise.resolve(false) });

let asked: string[];
let queries: QueryClient;
let refresh: ScreenRefresh;

beforeEach(() => {
  asked = [];
  queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  refresh = new ScreenRefresh(api, queries);
  fake.server.events.on("request:start", ({ request }) => void asked.push(request.url.slice(request.url.indexOf("/api") + 4)));
});
afterEach(() => {
  vi.useRealTimers();
  fake.server.events.removeAllListeners();
});

/** Puts some state on the screen; `reads` counts how often its own query asks. */
function show(key: StateKey, data: unknown = {}) {
  const query = { reads: 0 };
  queries.setQueryData(key, data);
  const queryFn = () => {
    query.reads += 1;
    return data;
  };
  new QueryObserver(queries, { queryKey: key, queryFn }).subscribe(() => undefined);
  return query;
}

const openSession = () => fake.api.openSession(people.sam, { problem_summary: "VPN drops" }).id;

test("all that an event makes stale on the screen is read in one request", async () => {
  const id = openSession();
  const shown = [keys.session(id), keys.turns(id), keys.escalations, keys.sessions, keys.notifications].map((key) => show(key));

  await refresh.refresh(staleKeysOf({ type: "handoff_claimed", session_id: id }));

  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^\/refresh\?parts=session%2Cturns%2Csessions%2Cescalations%2Cnotifications&limit=25&session_id=/);
  expect(shown.map(({ reads }) => reads)).toEqual([0, 0, 0, 0, 0]);
  expect(queries.getQueryData(keys.session(id))).toMatchObject({ problem_summary: "VPN drops" });
});

test("on return to the page all that is stale on the screen is read in one request", async () => {
  queries = createQueryClient();
  refresh = new ScreenRefresh(api, queries);
  queries.mount();
  const stop = refreshOnReturn(refresh);
  const id = openSession();
  const shown = [keys.session(id), keys.turns(id), keys.escalations, keys.sessions, keys.notifications].map((key) => show(key));
  await queries.invalidateQueries({ refetchType: "none" });

  focusManager.setFocused(false);
  focusManager.setFocused(true);
  onlineManager.setOnline(false);
  onlineManager.setOnline(true);

  await vi.waitFor(() => expect(queries.getQueryData(keys.session(id))).toMatchObject({ problem_summary: "VPN drops" }));
  expect(asked).toHaveLength(1);
  expect(shown.map(({ reads }) => reads)).toEqual([0, 0, 0, 0, 0]);
  stop();
  queries.unmount();
  focusManager.setFocused(undefined);
});

test("on return to the page nothing is read that is fresh", async () => {
  queries = createQueryClient();
  show(keys.escalations);

  await new ScreenRefresh(api, queries).refreshStale();

  expect(asked).toEqual([]);
});

test("what is not on the screen is marked and not read", async () => {
  queries.setQueryData(keys.escalations, {});

  await refresh.refresh([keys.escalations]);

  expect(asked).toEqual([]);
  expect(queries.getQueryState(keys.escalations)?.isInvalidated).toBe(true);
});

test("an event before what is shown soon is on the screen reads it again, so that it does not ask by itself", async () => {
  const id = openSession();
  const soon = [keys.session(id), keys.turns(id), keys.history(id)];
  await refresh.refresh([], soon);

  await refresh.refresh(staleKeysOf({ type: "handoff_claimed", session_id: id }));

  expect(asked).toHaveLength(2);
  expect(soon.map((key) => queries.getQueryState(key)?.isInvalidated)).toEqual([false, false, false]);
});

test("what is not shown soon after all is only marked", async () => {
  const id = openSession();
  await refresh.refresh([], [keys.session(id)]);
  vi.setSystemTime(Date.now() + 5_001);

  await refresh.refresh([keys.session(id)]);

  expect(asked).toHaveLength(1);
  expect(queries.getQueryState(keys.session(id))?.isInvalidated).toBe(true);
});

test("a hundred events at once are one request", async () => {
  show(keys.escalations);

  await Promise.all(Array.from({ length: 100 }, () => refresh.refresh([keys.escalations])));

  expect(asked).toHaveLength(1);
});

test("events during a request wait for its end and are one request more", async () => {
  show(keys.escalations);
  const first = refresh.refresh([keys.escalations]);
  await new Promise((resolve) => fake.server.events.on("request:start", resolve));

  await Promise.all([first, refresh.refresh([keys.escalations]), refresh.refresh([keys.notifications])]);

  expect(asked).toHaveLength(2);
});

test("a reconnected page reads all that is on the screen once", async () => {
  show(keys.escalations);
  show(keys.session(openSession()), {});

  await refresh.refresh(KEYS_OF_ALL_EVENTS);

  expect(asked).toHaveLength(1);
});

test("a part that fails is asked for by its own query", async () => {
  const absent = show(keys.session("nobody's"));
  const queue = show(keys.escalations);

  await refresh.refresh(staleKeysOf({ type: "handoff_claimed", session_id: "nobody's" }));

  expect([absent.reads, queue.reads]).toEqual([1, 0]);
});

test("when the request fails, every query asks by itself", async () => {
  fake.server.use(http.get("*/refresh", () => HttpResponse.error()));
  const queue = show(keys.escalations);

  await refresh.refresh([keys.escalations]);

  expect(queue.reads).toBe(1);
});

test("a list of many pages keeps its rows", async () => {
  const pages = [25, 25, 7].map((length) => ({ items: Array.from({ length }, () => ({})) }));
  show(keys.sessions, { pages, pageParams: ["", "1", "2"] });

  await refresh.refresh([keys.sessions]);

  expect(asked).toEqual(["/refresh?parts=sessions&limit=75"]);
});

test("a session that is about to be shown is read before it is", async () => {
  const id = openSession();

  await refresh.refresh([], [keys.session(id), keys.turns(id)]);

  expect(asked).toHaveLength(1);
  expect(queries.getQueryData(keys.turns(id))).toEqual([]);
});

test("a clock that is set back by an hour keeps no news from the screen", async () => {
  const id = openSession();
  show(keys.session(id), {});
  vi.setSystemTime(Date.now() - 3_600_000);

  await refresh.refresh([keys.session(id)]);

  expect(queries.getQueryData(keys.session(id))).toMatchObject({ problem_summary: "VPN drops" });
});

test("what came while the answer was on its way is kept", async () => {
  const id = openSession();
  show(keys.session(id), {});
  fake.server.use(
    http.get("*/refresh", () => {
      queries.setQueryData(keys.session(id), { problem_summary: "Newer" });
      return undefined;
    }),
  );

  await refresh.refresh([keys.session(id)]);

  expect(queries.getQueryData(keys.session(id))).toEqual({ problem_summary: "Newer" });
});

test("a query that waits to be tried again holds nothing up", async () => {
  const id = openSession();
  show(keys.session(id), {});
  const failing = { queryKey: keys.sessions, queryFn: () => Promise.reject(new Error("busy")), retry: true, retryDelay: 20_000 };
  const stop = new QueryObserver(queries, failing).subscribe(() => undefined);
  await vi.waitFor(() => expect(queries.getQueryState(keys.sessions)?.fetchFailureCount).toBe(1));

  await Promise.race([refresh.refresh([keys.session(id), keys.sessions]), new Promise((resolve) => setTimeout(resolve, 1_000))]);

  expect(queries.getQueryData(keys.session(id))).toMatchObject({ problem_summary: "VPN drops" });
  stop();
});
