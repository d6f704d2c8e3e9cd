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

/** Returns the commands of the open session, for the palette. */
export function useSessionCommands(): Command[] {
  return useSyncExternalStore(subscribe, () => offered);
}

/** Offers commands while the caller is mounted. `commands` must be referentially stable between renders. */
export function useOfferCommands(commands: Command[]): void {
  useEffect(() => {
    offer(commands);
    return () => offer([]);
  }, [commands]);
}
