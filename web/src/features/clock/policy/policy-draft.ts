import { type HoursText, hoursText } from "@/features/clock/fields/hours-text";
import type { ClientRules, LadderStep, Policy, Priority, PriorityRules } from "@/shared/api/types";

export const PRIORITIES = ["urgent", "high", "normal", "low"] as const satisfies Priority[];

/** A choice of a client's own, or what the account has. */
export type OrAccount<Value extends string> = Value | "account";

export interface StepDraft {
  key: string;
  afterMin: string;
  /** Groups, and people as `person:ID`. */
  tell: string[];
}

export interface RulesDraft {
  aroundTheClock: boolean;
  ladder: StepDraft[];
  repeat: string;
  /** Both empty where the holder of a quiet claim is never asked. */
  idleAfterMin: string;
  returnAfterMin: string;
}

export interface ClientDraft {
  key: string;
  match: { client: string; contract: string; type: string };
  /** In this and the fields below, null stands for the account's rule. */
  hours: HoursText | null;
  holidays: string[] | null;
  aroundTheClock: OrAccount<"yes" | "no">;
  ladder: StepDraft[] | null;
  /** The id of the person who is told first; empty for nobody. */
  senior: string;
  ai: OrAccount<"on" | "off">;
}

/** The policy as it is edited: numbers and hours as the text that was typed. */
export interface PolicyDraft {
  timeZone: string;
  hours: HoursText;
  holidays: string[];
  directForMin: string;
  ai: "on" | "off";
  priorities: Record<Priority, RulesDraft>;
  clients: ClientDraft[];
}

const DEFAULT_TELL = ["seniors"];

export const newStep = (afterMin: string, tell: string[] = DEFAULT_TELL): StepDraft => ({ key: crypto.randomUUID(), afterMin, tell });

export const newClient = (): ClientDraft => ({
  key: crypto.randomUUID(),
  match: { client: "", contract: "", type: "" },
  hours: null,
  holidays: null,
  aroundTheClock: "account",
  ladder: null,
  senior: "",
  ai: "account",
});

export function draftOf(policy: Policy): PolicyDraft {
  const { priorities = {} } = policy;
  return {
    timeZone: policy.time_zone ?? "",
    hours: hoursText(policy.working_hours ?? {}),
    holidays: policy.holidays ?? [],
    directForMin: String(policy.direct_for_min ?? ""),
    ai: policy.ai === "off" ? "off" : "on",
    priorities: {
      urgent: rulesDraft(priorities.urgent),
      high: rulesDraft(priorities.high),
      normal: rulesDraft(priorities.normal),
      low: rulesDraft(priorities.low),
    },
    clients: (policy.clients ?? []).map(clientDraft),
  };
}

function rulesDraft(rules?: PriorityRules): RulesDraft {
  return {
    aroundTheClock: rules?.around_the_clock ?? false,
    ladder: stepDrafts(rules?.ladder ?? []),
    repeat: String(rules?.repeat ?? 0),
    idleAfterMin: String(rules?.idle_after_min ?? ""),
    returnAfterMin: String(rules?.return_after_min ?? ""),
  };
}

const stepDrafts = (ladder: LadderStep[]) => ladder.map((step) => newStep(String(step.after_min), step.tell));

function clientDraft(rules: ClientRules): ClientDraft {
  const { match, working_hours: hours, ladder, around_the_clock: isAround } = rules;
  return {
    ...newClient(),
    match: { client: match.client ?? "", contract: match.contract ?? "", type: match.type ?? "" },
    hours: hours ? hoursText(hours) : null,
    holidays: rules.holidays ?? null,
    aroundTheClock: isAround === true ? "yes" : isAround === false ? "no" : "account",
    ladder: ladder ? stepDrafts(ladder) : null,
    senior: rules.senior ?? "",
    ai: rules.ai === "on" || rules.ai === "off" ? rules.ai : "account",
  };
}
