import { useSyncExternalStore } from "react";

const TICK_MS = 10_000;
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

/** The present in milliseconds, moving on every ten seconds, in step for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
