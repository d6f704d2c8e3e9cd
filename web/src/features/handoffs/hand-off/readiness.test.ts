import { expect, test } from "vitest";

import { readiness } from "./readiness";

const met = (about: Partial<Parameters<typeof readiness>[0]>) =>
  readiness({ problemSummary: "", stepsWithResult: 0, notes: "", ...about }).map((check) => check.met);

test("an empty session meets no check", () => {
  expect(met({})).toEqual([false, false, false]);
});

test("a problem needs more than one word", () => {
  expect(met({ problemSummary: "VPN" })[0]).toBe(false);
  expect(met({ problemSummary: "VPN drops daily" })[0]).toBe(true);
});

test("notes of white space do not count", () => {
  expect(met({ notes: " ".repeat(50) })[2]).toBe(false);
});
