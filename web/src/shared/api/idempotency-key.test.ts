import { expect, test, vi } from "vitest";

import { clearIdempotencyKey, clearIdempotencyKeys, idempotencyKey } from "./idempotency-key";

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

test("a storage that is full keeps the key until the request has succeeded", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const first = idempotencyKey("message", { text: "hello" });

  expect(idempotencyKey("message", { text: "hello" })).toBe(first);
  clearIdempotencyKey("message");
  expect(idempotencyKey("message", { text: "hello" })).not.toBe(first);
  clearIdempotencyKeys();
});
