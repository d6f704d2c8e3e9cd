import { expect, test } from "vitest";

import { clearIdempotencyKey, idempotencyKey } from "./idempotency-key";

test("the same words are the same intent, also after a reload", () => {
  const first = idempotencyKey("message", { text: "hello" });

  expect(idempotencyKey("message", { text: "hello" })).toBe(first);
});

test("other words are another intent", () => {
  const first = idempotencyKey("message", { text: "hello" });

  expect(idempotencyKey("message", { text: "hello there" })).not.toBe(first);
});

test("the same words once more, after they arrived, are meant a second time", () => {
  const first = idempotencyKey("message", { text: "any news?" });

  clearIdempotencyKey("message");

  expect(idempotencyKey("message", { text: "any news?" })).not.toBe(first);
});
