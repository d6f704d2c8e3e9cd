import { useEffect, useSyncExternalStore } from "react";

import type { Command } from "@/features/commands/command-palette";

let offered: Command[] = [];
const listeners = new Set<() => void>();

function offer(commands: Command[]): void {
  offered = commands;
  listeners.forEach((listen) => listen());
}

function subscribe(listen: () => void) {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** What the open session lets one do, for the palette. */
export function useSessionCommands(): Command[] {
  return useSyncExternalStore(subscribe, () => offered);
}

/** Offers these for as long as the caller is on the screen. `commands` must keep its identity between renders. */
export function useOfferCommands(commands: Command[]): void {
  useEffect(() => {
    offer(commands);
    return () => offer([]);
  }, [commands]);
}
