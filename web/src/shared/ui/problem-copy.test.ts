import { expect, test } from "vitest";

import { Problem } from "@/shared/api/problem";

import { adviceFor } from "./problem-copy";

const limited = (fields: Record<string, unknown>) =>
  adviceFor(new Problem({ code: "too_many_requests", status: 429, detail: "60 messages an hour.", fields })).action;

test("a limit says when it ends", () => {
  expect(limited({ retry_at: "2026-11-29T15:00:00.000Z" })).toMatch(/^Try again at \d\d:\d\d.*\.$/);
});

test("a limit whose end is not known asks to wait", () => {
  expect(limited({})).toBe("Wait a moment, then try again.");
  expect(limited({ retry_at: "soon" })).toBe("Wait a moment, then try again.");
});
