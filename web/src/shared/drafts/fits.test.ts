import { expect, test } from "vitest";

import { fits } from "./fits";

test.each([
  [{ text: "" }, { text: "typed" }],
  [{ text: "" }, { text: null }],
  [{ chosen: null }, { chosen: { from: "22:00" } }],
  [{ text: "" }, { text: "typed", later: 1 }],
  [{ text: "", later: 1 }, { text: "typed" }],
  [{ list: ["one"] }, { list: [] }],
  [{ part: { isOn: false } }, { part: { isOn: true } }],
])("%j takes %j", (pattern, value) => expect(fits(pattern, value)).toBe(true));

test.each([
  [{ text: "" }, { text: 1 }],
  [{ list: [] }, { list: "one" }],
  [{ list: [] }, { list: {} }],
  [{ part: {} }, { part: [] }],
  [{ part: { isOn: false } }, { part: { isOn: "yes" } }],
  [{ part: { isOn: false } }, { part: "yes" }],
])("%j does not take %j", (pattern, value) => expect(fits(pattern, value)).toBe(false));
