import { inTab } from "@/shared/stored-text";

/**
 * Returns the `Idempotency-Key` of a request. The same body in the same slot gets the same key, also after a lost answer
 * or a reload, so that a retry creates nothing twice. Another body gets a new key.
 */
export function idempotencyKey(name: string, body: unknown): string {
  const slot = slotOf(name);
  const meant = JSON.stringify(body);
  const kept = read(slot);
  if (kept?.meant === meant) return kept.key;
  const key = crypto.randomUUID();
  inTab.keep(slot, JSON.stringify({ meant, key }));
  return key;
}

/** Call when the request has succeeded: the same body is then a new request. */
export function clearIdempotencyKey(name: string): void {
  inTab.remove(slotOf(name));
}

/** Removes all keys, and with them what was sent without an answer, as at sign-out. */
export const clearIdempotencyKeys = (): void => inTab.clear(SLOTS);

const SLOTS = "flowpilot.intent.";
const slotOf = (name: string) => SLOTS + name;

function read(slot: string): { meant: string; key: string } | null {
  const text = inTab.read(slot);
  return text === null ? null : (JSON.parse(text) as { meant: string; key: string });
}
