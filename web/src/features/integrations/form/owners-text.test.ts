import { expect, test } from "vitest";

import { ownersIn, ownersText, ownersTrouble } from "./owners-text";

const OWNERS = { "jane@acme.example": "12", "sam@acme.example": "14" };

test("owner ids are the same after formatting and parsing", () => {
  expect(ownersIn(ownersText(OWNERS))).toEqual(OWNERS);
});

test("spaces, empty lines and upper case are ignored", () => {
  expect(ownersIn("\n Jane@Acme.example=12 \n\nsam@acme.example =  14\n")).toEqual(OWNERS);
});

test.each([
  ["jane@acme.example", "Line 1: write an e-mail address"],
  ["jane@acme.example = 12\nsam = 14", "Line 2: write an e-mail address"],
  ["\njane@acme.example =", "Line 2: write an e-mail address"],
  ["jane@acme.example = 12\nJANE@acme.example = 13", "Line 2: jane@acme.example is there twice"],
])("%j is invalid: %s", (text, trouble) => {
  expect(ownersTrouble(text)).toContain(trouble);
});

test("pairs and an empty text are valid", () => {
  expect([ownersTrouble(""), ownersTrouble(ownersText(OWNERS))]).toEqual([null, null]);
});
