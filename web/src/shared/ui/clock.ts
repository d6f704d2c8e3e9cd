import { useSyncExternalStore } from "react";

const TICK_MS = 10_000;
const FRESH_MS = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  now = Date.now();
  listeners.forEach((listen) => listen());
}

function subscribe(listen: () => void) {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  listeners.add(listen);
  return () => {
    listeners.delete(listen);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** While nothing on the page shows the time, it stands still: what shows it next must not begin with the old one. */
function current() {
  if (listeners.size === 0 && Math.abs(Date.now() - now) >= FRESH_MS) now = Date.now();
  return now;
}

/** Returns the current time in milliseconds, updated every ten seconds for the whole page at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}
