import { expect, test } from "vitest";

import { readiness } from "./readiness";

const met = (about: Partial<Parameters<typeof readiness>[0]>) =>
  readiness({ problemSummary: "", stepsWithResult: 0, notes: "", ...about }).map((check) => check.met);

test("nothing said is nothing met", () => {
  expect(met({})).toEqual([false, false, false]);
});

test("a problem has to be more than a word", () => {
  expect(met({ problemSummary: "VPN" })[0]).toBe(false);
  expect(met({ problemSummary: "VPN drops daily" })[0]).toBe(true);
});

test("notes of white space are no notes", () => {
  expect(met({ notes: " ".repeat(50) })[2]).toBe(false);
});
