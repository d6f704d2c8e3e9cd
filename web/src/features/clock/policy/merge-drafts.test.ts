import { expect, test } from "vitest";

import { DEFAULT_POLICY } from "@fake/policies";
import { isSame } from "@/shared/drafts/is-same";

import { mergeDrafts } from "./merge-drafts";
import { draftOf } from "./policy-draft";
import { policyOf } from "./policy-of-draft";

const base = () => draftOf(DEFAULT_POLICY);

test("a policy is the same after editing nothing", () => {
  expect(policyOf(base())).toEqual({ policy: DEFAULT_POLICY, troubles: [] });
});

test("drafts of one policy are the same, whatever the keys of their rows", () => {
  expect(isSame(base(), base())).toBe(true);
});

test("sections that only the other changed are taken, and mine are kept", () => {
  const theirs = { ...base(), holidays: ["2026-12-25"] };
  const mine = { ...base(), directForMin: "7" };

  const { draft, taken, contested } = mergeDrafts(base(), mine, theirs);

  expect([draft.holidays, draft.directForMin]).toEqual([["2026-12-25"], "7"]);
  expect([taken, contested]).toEqual([["holidays"], []]);
});

test("priorities are merged one by one", () => {
  const theirs = base();
  theirs.priorities.low.repeat = "4";
  const mine = base();
  mine.priorities.urgent.repeat = "9";

  const { draft, taken } = mergeDrafts(base(), mine, theirs);

  expect([draft.priorities.low.repeat, draft.priorities.urgent.repeat]).toEqual(["4", "9"]);
  expect(taken).toEqual(["priority low"]);
});

test("a section that both changed stays as it is here, and is named", () => {
  const merge = mergeDrafts(base(), { ...base(), timeZone: "Europe/Paris" }, { ...base(), timeZone: "Asia/Tokyo" });

  expect([merge.draft.timeZone, merge.contested]).toEqual(["Europe/Paris", ["time zone"]]);
});

test("a section that both changed in the same way is neither taken nor contested", () => {
  const same = { ...base(), timeZone: "Europe/Paris" };

  expect(mergeDrafts(base(), same, same)).toMatchObject({ taken: [], contested: [] });
});
