import { hoursIn, type HoursText } from "@/features/clock/fields/hours-text";
import type { FieldError } from "@/shared/api/problem";
import type { ClientRules, LadderStep, Policy, PriorityRules, WeeklyHours } from "@/shared/api/types";

import { type ClientDraft, type PolicyDraft, PRIORITIES, type RulesDraft, type StepDraft } from "./policy-draft";

/** What a draft says. The policy is complete only without troubles; their pointers are those of the API. */
interface Reading {
  policy: Policy;
  troubles: FieldError[];
}

/** Reads a draft, and names fields that are no number or no time. The API checks the rest. */
export function policyOf(draft: PolicyDraft): Reading {
  const reader = new DraftReader();
  const rules = PRIORITIES.map((name) => [name, reader.rules(draft.priorities[name], `/priorities/${name}`)]);
  const policy: Policy = {
    time_zone: draft.timeZone.trim(),
    working_hours: reader.hours(draft.hours, "/working_hours"),
    holidays: draft.holidays,
    direct_for_min: reader.number(draft.directForMin, "/direct_for_min"),
    priorities: Object.fromEntries(rules) as NonNullable<Policy["priorities"]>,
    clients: draft.clients.map((client, index) => reader.client(client, `/clients/${index}`)),
    ai: draft.ai,
  };
  return { policy, troubles: reader.troubles };
}

class DraftReader {
  readonly troubles: FieldError[] = [];

  number(text: string, pointer: string): number {
    const isNumber = /^\d+$/.test(text.trim());
    if (!isNumber) this.troubles.push({ pointer, detail: "Write a whole number." });
    return isNumber ? Number(text) : 0;
  }

  hours(text: HoursText, pointer: string): WeeklyHours {
    const { hours, troubles } = hoursIn(text, pointer);
    this.troubles.push(...troubles);
    return hours;
  }

  ladder(steps: StepDraft[], pointer: string): LadderStep[] {
    return steps.map(({ afterMin, tell }, index) => {
      const at = `${pointer}/${index}`;
      if (tell.length === 0) this.troubles.push({ pointer: `${at}/tell`, detail: "Choose whom to tell." });
      return { after_min: this.number(afterMin, `${at}/after_min`), tell };
    });
  }

  rules(draft: RulesDraft, pointer: string): PriorityRules {
    const isAsked = draft.idleAfterMin.trim() !== "" || draft.returnAfterMin.trim() !== "";
    return {
      around_the_clock: draft.aroundTheClock,
      ladder: this.ladder(draft.ladder, `${pointer}/ladder`),
      repeat: this.number(draft.repeat, `${pointer}/repeat`),
      idle_after_min: isAsked ? this.number(draft.idleAfterMin, `${pointer}/idle_after_min`) : null,
      return_after_min: isAsked ? this.number(draft.returnAfterMin, `${pointer}/return_after_min`) : null,
    };
  }

  client(draft: ClientDraft, pointer: string): ClientRules {
    const { client, contract, type } = draft.match;
    return {
      match: { client: client.trim() || null, contract: contract.trim() || null, type: type.trim() || null },
      working_hours: draft.hours && this.hours(draft.hours, `${pointer}/working_hours`),
      holidays: draft.holidays,
      around_the_clock: draft.aroundTheClock === "account" ? null : draft.aroundTheClock === "yes",
      ladder: draft.ladder && this.ladder(draft.ladder, `${pointer}/ladder`),
      senior: draft.senior || null,
      ai: draft.ai === "account" ? null : draft.ai,
    };
  }
}
