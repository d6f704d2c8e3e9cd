import { type Merged, mergeParts } from "@/features/clock/fields/merge";

import type { PolicyDraft } from "./policy-draft";

const SECTIONS = {
  timeZone: "time zone",
  hours: "working hours",
  holidays: "holidays",
  directForMin: "direct escalations",
  ai: "AI",
  clients: "clients",
};

const PRIORITY_SECTIONS = { urgent: "priority urgent", high: "priority high", normal: "priority normal", low: "priority low" };

/** Merges what somebody else saved into a draft that was made from `base`, section by section and priority by priority. */
export function mergeDrafts(base: PolicyDraft, mine: PolicyDraft, theirs: PolicyDraft): Merged<PolicyDraft> {
  const sections = mergeParts(base, mine, theirs, SECTIONS);
  const priorities = mergeParts(base.priorities, mine.priorities, theirs.priorities, PRIORITY_SECTIONS);
  return {
    draft: { ...sections.draft, priorities: priorities.draft },
    taken: [...sections.taken, ...priorities.taken],
    contested: [...sections.contested, ...priorities.contested],
  };
}
