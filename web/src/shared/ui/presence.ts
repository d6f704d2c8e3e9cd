import type { Availability, Engineer } from "@/shared/api/types";

import { timeOfDay } from "./age-text";
import { plainText } from "./plain-text";

/** Returns the availability that counts at a time: once its end has come, a person is available. */
export function availabilityAt(availability: Availability | undefined, nowMs: number): Availability {
  const until = availability?.until;
  return !availability || (until && Date.parse(until) <= nowMs) ? { presence: "available", until: null } : availability;
}

export const isPresent = ({ presence }: Availability): boolean => presence === undefined || presence === "available";

/** Says that a person is busy or away, and until when; null for somebody who is available. */
export function presenceWords(availability: Availability | undefined, nowMs: number): string | null {
  const { presence, until } = availabilityAt(availability, nowMs);
  if (presence === undefined || presence === "available") return null;
  return until ? `${presence} until ${timeOfDay(until, nowMs)}` : presence;
}

type Named = Pick<Engineer, "id" | "name" | "availability">;

/** Names a person where people are chosen, with whether they are on call, busy or away. `onCall` are ids. */
export function personWords({ id, name, availability }: Named, onCall: string[], nowMs: number): string {
  const words = [onCall.includes(id) ? "on call" : null, presenceWords(availability, nowMs)];
  return [plainText(name), ...words.filter((word) => word !== null)].join(" · ");
}
