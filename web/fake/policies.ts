import type { ClientRules, LadderStep, Policy, PreviewRequest, PreviewedStep, Priority, PriorityRules, SavedPolicy } from "@/shared/api/types";

import { nameOf } from "./new-records.ts";
import { type FakePerson, people, personById } from "./people.ts";
import { Refusal, requireAdmin } from "./refusal.ts";

const step = (after_min: number, ...tell: string[]): LadderStep => ({ after_min, tell });

const LADDER = [step(0, "on_call", "skilled"), step(5, "seniors"), step(15, "admins")];
const QUIET = { idle_after_min: 30, return_after_min: 15 };

/** The default policy, near enough to that of the real API. */
export const DEFAULT_POLICY = {
  time_zone: "Europe/Brussels",
  working_hours: { mon: [["08:00", "18:00"]], tue: [["08:00", "18:00"]], wed: [], thu: [], fri: [["08:00", "18:00"]], sat: [], sun: [] },
  holidays: [] as string[],
  direct_for_min: 10,
  priorities: {
    urgent: { around_the_clock: true, ladder: LADDER, repeat: 1, ...QUIET },
    high: { around_the_clock: false, ladder: LADDER, repeat: 1, ...QUIET },
    normal: { around_the_clock: false, ladder: LADDER, repeat: 0, ...QUIET },
    low: { around_the_clock: false, ladder: [step(0, "on_call")], repeat: 0, idle_after_min: null, return_after_min: null },
  } as Record<Priority, PriorityRules>,
  clients: [] as ClientRules[],
  ai: "on",
} satisfies Policy;

/** The policy of the one account that tests have. Every minute is working time. */
export class Policies {
  saved: SavedPolicy = { policy: DEFAULT_POLICY, version: 0 };

  read(me: FakePerson): SavedPolicy {
    requireAdmin(me);
    return this.saved;
  }

  save(me: FakePerson, { policy, version }: { policy: Policy; version?: number | null }): SavedPolicy {
    requireAdmin(me);
    if (version != null && version !== this.saved.version) {
      const detail = `Somebody has saved the policy since you read version ${version}; it is at ${this.saved.version} now.`;
      throw new Refusal(409, "invalid_state", detail, { current_status: "changed" });
    }
    requireRight(policy);
    this.saved = { policy, version: this.saved.version + 1 };
    return this.saved;
  }

  preview(me: FakePerson, { policy, priority, start, client }: PreviewRequest): PreviewedStep[] {
    requireAdmin(me);
    requireRight(policy);
    const rules = policy.priorities?.[priority] ?? DEFAULT_POLICY.priorities[priority];
    const own = policy.clients?.find(({ match }) => match.client === client?.name);
    const ladder = own?.ladder ?? rules.ladder;
    const first = own?.senior ? [{ after_min: 0, tell: [`person:${own.senior}`] }] : ladder.slice(0, 1);
    return [...first, ...ladder.slice(1)].map(({ after_min, tell }, level) => {
      const local = new Date(Date.parse(`${start}:00Z`) + after_min * 60_000).toISOString().slice(0, 16);
      return { at: `${local}:00.000Z`, local_at: `${local}+01:00`, round: 0, level, tell, people: tell.flatMap(toldNow) };
    });
  }
}

const toldNow = (target: string) =>
  Object.values(people)
    .filter((one) => one.accountId === "acme" && (target === `person:${one.id}` || (target === "seniors" && one.role === "senior")))
    .map(nameOf);

/** Refuses what tests send wrong, at the places that the real API names. */
function requireRight({ time_zone = "", working_hours = {}, priorities = {} }: Policy): void {
  const refuse = (pointer: string, detail: string) => {
    throw new Refusal(422, "invalid_request", "The body breaks the contract.", { errors: [{ pointer, detail }] });
  };
  if (!time_zone.includes("/")) refuse("/policy/time_zone", `'${time_zone}' is no time zone of the IANA database`);
  if (Object.values(working_hours).flat(2).includes("25:00")) refuse("/policy/working_hours/mon/0/0", "'25:00' is no time of day");
  for (const [name, { ladder }] of Object.entries<PriorityRules>(priorities)) {
    const rising = ladder.every(({ after_min }, index) => index === 0 || after_min > (ladder[index - 1]?.after_min ?? 0));
    if (!rising) refuse(`/policy/priorities/${name}/ladder`, "a step after 5 min follows one after 15 min");
    for (const [index, { tell }] of ladder.entries()) {
      const stranger = tell.findIndex((target) => target.startsWith("person:") && !personById(target.slice(7)));
      if (stranger >= 0) refuse(`/priorities/${name}/ladder/${index}/tell/${stranger}`, "There is no engineer with this id.");
    }
  }
}
