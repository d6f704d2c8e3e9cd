import { expect, test } from "vitest";

import { Problem } from "./problem";
import { mayRetry, retryDelay } from "./query-client";

const problem = (status: number, retryAfterMs: number | null = null) =>
  new Problem({ code: "x", status, detail: "", retryAfterMs });

test("what may pass is tried twice more, and no oftener", () => {
  expect([0, 1, 2].map((failures) => mayRetry(failures, problem(503)))).toEqual([true, true, false]);
});

test("a refusal is not tried again", () => {
  expect(mayRetry(0, problem(409))).toBe(false);
});

test("a wait that the answer asks for is kept", () => {
  expect(retryDelay(0, problem(429, 4000))).toBe(4000);
});

test("nobody is kept waiting for minutes without a word", () => {
  expect(mayRetry(0, problem(429, 300_000))).toBe(false);
});
