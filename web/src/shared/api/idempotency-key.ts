/**
 * One `Idempotency-Key` per thing a person meant to do. Sending the same words again, after a lost answer or even a
 * reload, uses the same key and so creates nothing twice; other words are another intent.
 */
export function idempotencyKey(name: string, body: unknown): string {
  const slot = slotOf(name);
  const meant = JSON.stringify(body);
  const kept = read(slot);
  if (kept?.meant === meant) return kept.key;
  const key = crypto.randomUUID();
  sessionStorage.setItem(slot, JSON.stringify({ meant, key }));
  return key;
}

/** The intent was carried out: the same words from now on mean it a second time. */
export function clearIdempotencyKey(name: string): void {
  sessionStorage.removeItem(slotOf(name));
}

const slotOf = (name: string) => `flowpilot.intent.${name}`;

function read(slot: string): { meant: string; key: string } | null {
  const text = sessionStorage.getItem(slot);
  return text === null ? null : (JSON.parse(text) as { meant: string; key: string });
}
