import type { HandoffDelivery } from "@/shared/api/types";
import { timeOfDay } from "@/shared/ui/time-of-day";

/** One person or channel, and what is known of each kind of message to them. */
export interface ToldLine {
  recipient: string;
  parts: string[];
}

const KINDS: Record<HandoffDelivery["kind"], string> = {
  email: "e-mail",
  push: "push",
  sms: "SMS",
  slack: "Slack",
  teams: "Teams",
  webhook: "webhook",
};

/**
 * Folds deliveries, the oldest first, to one line for each recipient: of each kind and device the newest. One that was skipped,
 * since it was not needed, does not hide what was sent before.
 */
export function toldLines(deliveries: HandoffDelivery[]): ToldLine[] {
  const told = new Map<string, { recipient: string; newest: Map<string, HandoffDelivery> }>();
  for (const delivery of deliveries) {
    const { id, name, device } = delivery.recipient;
    const line = told.get(id) ?? { recipient: name, newest: new Map<string, HandoffDelivery>() };
    const place = `${delivery.kind} ${device ?? ""}`;
    if (delivery.state !== "skipped" || !line.newest.has(place)) line.newest.set(place, delivery);
    told.set(id, line);
  }
  return [...told.values()].map(({ recipient, newest }) => ({ recipient, parts: partsOf([...newest.values()]) }));
}

function partsOf(newest: HandoffDelivery[]): string[] {
  const opened = newest.map(({ opened_at: at }) => at).filter((at) => at !== null);
  const first = opened.toSorted((one, other) => one.localeCompare(other))[0];
  return [...newest.map(saidOf), ...(first ? [`opened ${timeOfDay(first)}`] : [])];
}

function saidOf(delivery: HandoffDelivery): string {
  const { kind, instead_of: insteadOf, recipient, state, detail, accepted_at: accepted, shown_at: shown, updated_at: updated } = delivery;
  const what = [KINDS[kind], recipient.device && `(${recipient.device})`, insteadOf && `in place of ${KINDS[insteadOf]}`].filter(Boolean).join(" ");
  if (state === "failed" || state === "skipped") return [`${what} ${state} ${timeOfDay(updated)}`, detail].filter(Boolean).join(": ");
  if (shown) return `${what} shown ${timeOfDay(shown)}`;
  if (accepted) return `${what} accepted ${timeOfDay(accepted)}`;
  if (state === "gathered") return `${what} waits to go out with others`;
  return state === "opened" ? what : `${what} ${state}`;
}
