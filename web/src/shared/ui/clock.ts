import { useSyncExternalStore } from "react";

import { onServerTime, serverNow } from "@/shared/server-time";

const TICK_MS = 10_000;
const FRESH_MS = 1_000;
const listeners = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;
let stopListening: (() => void) | undefined;

function tick() {
  now = serverNow();
  listeners.forEach((listen) => listen());
}

function subscribe(listen: () => void) {
  if (listeners.size === 0) {
    now = serverNow();
    timer = setInterval(tick, TICK_MS);
    stopListening = onServerTime(tick);
  }
  listeners.add(listen);
  return () => {
    listeners.delete(listen);
    if (listeners.size > 0) return;
    clearInterval(timer);
    stopListening?.();
  };
}

/** While nothing on the page shows the time, it stands still: what shows it next must not begin with the old one. */
function current() {
  if (listeners.size === 0 && Math.abs(serverNow() - now) >= FRESH_MS) now = serverNow();
  return now;
}

/** Returns the API's time in milliseconds, updated every ten seconds for the whole page at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}
