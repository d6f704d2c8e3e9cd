import { expect, test } from "vitest";

import { Problem } from "./problem";
import { mayRetry, retryDelay } from "./query-client";

const problem = (status: number, retryAfterMs: number | null = null) =>
  new Problem({ code: "x", status, detail: "", retryAfterMs });

test("a transient problem is retried twice", () => {
  expect([0, 1, 2].map((failures) => mayRetry(failures, problem(503)))).toEqual([true, true, false]);
});

test("a refused request is not retried", () => {
  expect(mayRetry(0, problem(409))).toBe(false);
});

test("a retry waits as long as Retry-After says", () => {
  expect(retryDelay(0, problem(429, 4000))).toBe(4000);
});

test("a request with a Retry-After of minutes is not retried", () => {
  expect(mayRetry(0, problem(429, 300_000))).toBe(false);
});
