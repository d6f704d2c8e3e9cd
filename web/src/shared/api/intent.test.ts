import { expect, test } from "vitest";

import { intentDone, intentKey } from "./intent";

test("the same words are the same intent, also after a reload", () => {
  const first = intentKey("message", { text: "hello" });

  expect(intentKey("message", { text: "hello" })).toBe(first);
});

test("other words are another intent", () => {
  const first = intentKey("message", { text: "hello" });

  expect(intentKey("message", { text: "hello there" })).not.toBe(first);
});

test("the same words once more, after they arrived, are meant a second time", () => {
  const first = intentKey("message", { text: "any news?" });

  intentDone("message");

  expect(intentKey("message", { text: "any news?" })).not.toBe(first);
});
