import type { Affected, Reason } from "@/shared/api/types";

/** Why a sender goes no further, in the order in which it is offered. */
export const REASONS: Record<Reason, string> = {
  needs_access: "Needs access",
  steps_exhausted: "Out of steps",
  no_procedure: "No procedure",
  deadline: "Deadline",
  out_of_scope: "Out of scope",
  unsure: "Not sure",
};

/** Whom a problem hits, in the order in which it is offered. */
export const AFFECTED: Record<Affected, string> = {
  one: "One person",
  some: "Some people",
  site: "The whole site",
  company: "The whole company",
};
