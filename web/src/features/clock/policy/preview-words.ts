import type { ClientDraft } from "./policy-draft";

const FRIDAY = 5;
const DAY_MS = 86_400_000;

/** Returns 17:55 on the next Friday from a local date on, as `2026-11-27T17:55`: late enough to show what the policy does. */
export function nextFridayEvening(today: Date): string {
  const day = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  const wait = (FRIDAY - new Date(day).getUTCDay() + 7) % 7;
  return `${new Date(day + wait * DAY_MS).toISOString().slice(0, 10)}T17:55`;
}

/** Returns a client that the rules of `match` are for. */
export function factsOf({ client, contract, type }: ClientDraft["match"]) {
  return { name: client.trim() || null, contract: contract.trim() || null, type: type.trim() || null };
}
