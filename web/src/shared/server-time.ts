/**
 * The API's time. A computer's clock may be wrong by hours, and what is offered, reckoned or checked by it with it. Each
 * answer of the API says in its `Date` header in which second it was made (RFC 9110, section 6.6.1).
 */
const SECOND_MS = 1_000;
/** A clock that may be right within this time is left as it is. */
const TOLERANCE_MS = 5_000;

let aheadMs = 0;
const listeners = new Set<() => void>();

/** Returns the API's time in milliseconds. */
export const serverNow = (): number => Date.now() + aheadMs;

/** Calls `listen` when the API's time turns out to be another. Returns the function that ends it. */
export function onServerTime(listen: () => void): () => void {
  listeners.add(listen);
  return () => void listeners.delete(listen);
}

/**
 * Learns the API's time from an answer that has just come, `tookMs` after it was asked for. What is known is kept while it
 * fits the answer: the header's second and the time on the way leave a span of what may be.
 */
export function learnServerTime({ headers }: Response, tookMs: number): void {
  const madeAt = Date.parse(headers.get("Date") ?? "");
  if (Number.isNaN(madeAt) || headers.has("Age")) return; // With an age it comes from a cache.
  const least = madeAt - Date.now();
  const most = least + SECOND_MS + tookMs;
  if (least <= aheadMs && aheadMs <= most) return;
  const isRight = least - TOLERANCE_MS <= 0 && most + TOLERANCE_MS >= 0;
  set(isRight ? 0 : (least + most) / 2);
}

/** Takes the computer's clock as right again, until an answer says otherwise. */
export const forgetServerTime = (): void => set(0);

function set(ms: number): void {
  if (ms === aheadMs) return;
  aheadMs = ms;
  listeners.forEach((listen) => listen());
}
