import type { LadderReadiness, ReachSpan, StepReach } from "@/shared/api/types";
import { dateOf, dayText, timeOf } from "@/shared/ui/local-time";
import { plainText } from "@/shared/ui/plain-text";

type Missed = StepReach["missed"][number];

const KINDS: Record<string, string> = { email: "e-mail", push: "push message", sms: "SMS" };

const REASONS: Record<Missed["why"], string> = {
  quiet: "it would come in their quiet hours",
  unproven: "nothing has reached them in 30 days",
  no_device: "no device gets their push messages",
  no_phone: "they have confirmed no number for SMS",
  no_address: "their sign-in names no e-mail address",
  address_off: "mail to their address came back",
  off: "they chose not to be told of these",
};

/** Names a ladder: `Urgent`, or `Urgent: Acorn, Birch` for clients with one of their own. */
export function ladderName({ priority, clients }: LadderReadiness): string {
  const name = priority.charAt(0).toUpperCase() + priority.slice(1);
  return clients.length > 0 ? `${name}: ${clients.map(plainText).join(", ")}` : name;
}

/** Says a span on the clocks of the account: `Fri 4 Dec 18:00 to Sat 5 Dec 08:00`. */
export function spanText({ local_begins_at: begin, local_ends_at: end }: ReachSpan): string {
  const day = dateOf(begin) === dateOf(end) ? "" : `${dayText(end)} `;
  return `${dayText(begin)} ${timeOf(begin)} to ${day}${timeOf(end)}`;
}

/** Says whom a step reaches, and how: `Sam by push message and e-mail, and 3 others`; `nobody` where it reaches none. */
export function reachedText({ reached, reached_count: count }: StepReach): string {
  if (count === 0) return "nobody";
  const names = reached.map(({ person, by }) => `${plainText(person.name)} by ${by.map((kind) => KINDS[kind] ?? kind).join(" and ")}`);
  const others = count - reached.length;
  return `${names.join(", ")}${others > 0 ? `, and ${others} ${others === 1 ? "other" : "others"}` : ""}`;
}

/** Says what is special about a step, if anything. */
export function stepRemark({ passed_to: passedTo, is_away: isAway }: StepReach): string | null {
  if (passedTo !== null) return `nobody is there for this step, so step ${passedTo + 1} is told at once`;
  return isAway ? "all of them are away, and nobody else is left" : null;
}

/** Says why a step reaches nobody. */
export function gapReason({ missed, missed_count: count }: StepReach): string {
  if (count === 0) return "It names nobody who is there.";
  const reasons = missed.map(({ person, why }) => `${plainText(person.name)}: ${REASONS[why]}`);
  const others = count - missed.length;
  return `${reasons.join("; ")}${others > 0 ? `; and ${others} more` : ""}.`;
}

export interface Gap {
  key: string;
  ladder: string;
  when: string;
  level: number;
  step: StepReach;
}

/** Lists what is wrong: each step that reaches nobody, over the spans in a row in which it does so for the same reason. */
export function gapsOf(ladders: LadderReadiness[]): Gap[] {
  return ladders.flatMap((ladder) => ladder.after_min.flatMap((_, level) => gapsOfStep(ladder, level)));
}

function gapsOfStep(ladder: LadderReadiness, level: number): Gap[] {
  const found: { first: ReachSpan; last: ReachSpan; step: StepReach }[] = [];
  for (const span of ladder.spans) {
    const step = span.steps[level];
    if (!step?.is_wrong) continue;
    const before = found.at(-1);
    if (before?.last.ends_at === span.begins_at && gapReason(before.step) === gapReason(step)) before.last = span;
    else found.push({ first: span, last: span, step });
  }
  return found.map(({ first, last, step }) => ({
    key: `${ladderName(ladder)} ${level} ${first.begins_at}`,
    ladder: ladderName(ladder),
    when: spanText({ ...first, ends_at: last.ends_at, local_ends_at: last.local_ends_at }),
    level,
    step,
  }));
}
