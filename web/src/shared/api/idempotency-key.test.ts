import { expect, test } from "vitest";

import { clearIdempotencyKey, idempotencyKey } from "./idempotency-key";

test("the same body gets the same key, also after a reload", () => {
  const first = idempotencyKey("message", { text: "hello" });

  expect(idempotencyKey("message", { text: "hello" })).toBe(first);
});

test("another body gets another key", () => {
  const first = idempotencyKey("message", { text: "hello" });

  expect(idempotencyKey("message", { text: "hello there" })).not.toBe(first);
});

test("the same body gets a new key once the request has succeeded", () => {
  const first = idempotencyKey("message", { text: "any news?" });

  clearIdempotencyKey("message");

  expect(idempotencyKey("message", { text: "any news?" })).not.toBe(first);
});
