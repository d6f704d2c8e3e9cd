import { useCallback, useMemo, useSyncExternalStore } from "react";

import { useMe } from "@/shared/api/me";
import { clearStored } from "@/shared/clear-stored";

/**
 * Holds what a person typed and did not send, across reloads, an expired sign-in and a change of holder.
 * Stored in this browser per person, until `clear`. It can be changed and cleared after its component was unmounted,
 * since a response may arrive late.
 */
export function useDraft<Shape extends object>(name: string, blank: Shape) {
  const slot = useSlot(name);
  const text = useSyncExternalStore(subscribe, () => textIn(slot));
  const draft = useMemo(() => read(text, blank), [text, blank]);
  return [draft, ...useDraftChange(name, blank)] as const;
}

/** Changes and clears a draft, for a component that does not show it and so is not rendered at each key. */
export function useDraftChange<Shape extends object>(name: string, blank: Shape) {
  const slot = useSlot(name);

  const setDraft = useCallback(
    (change: Partial<Shape> | ((draft: Shape) => Partial<Shape>)) => {
      const current = read(textIn(slot), blank);
      const changed = JSON.stringify({ ...current, ...(typeof change === "function" ? change(current) : change) });
      keep(slot, changed === JSON.stringify(blank) ? null : changed); // A blank draft is none.
    },
    [slot, blank],
  );

  const clear = useCallback(() => keep(slot, null), [slot]);

  return [setDraft, clear] as const;
}

const useSlot = (name: string): string => `${SLOTS}${useMe().id}.${name}`;

const SLOTS = "flowpilot.draft.";

/** Removes the drafts of everybody who used this browser. */
export function clearDrafts(): void {
  notStored.clear();
  clearStored(localStorage, SLOTS);
  readers.forEach((reader) => reader());
}

/** Drafts that the browser's storage refused, as when it is full: they stay on the screen and can be sent. */
const notStored = new Map<string, string>();
const readers = new Set<() => void>();

function subscribe(reader: () => void) {
  readers.add(reader);
  return () => readers.delete(reader);
}

const textIn = (slot: string): string | null => notStored.get(slot) ?? localStorage.getItem(slot);

function keep(slot: string, text: string | null): void {
  notStored.delete(slot);
  if (text === null) localStorage.removeItem(slot);
  else store(slot, text);
  readers.forEach((reader) => reader());
}

function store(slot: string, text: string): void {
  try {
    localStorage.setItem(slot, text);
  } catch {
    notStored.set(slot, text);
  }
}

function read<Shape extends object>(text: string | null, blank: Shape): Shape {
  if (text === null) return blank;
  try {
    return { ...blank, ...(JSON.parse(text) as Partial<Shape>) };
  } catch {
    return blank; // Written by another version of the page.
  }
}
