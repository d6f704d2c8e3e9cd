import { useCallback, useMemo, useSyncExternalStore } from "react";

import { useMe } from "@/shared/api/me";
import { inBrowser } from "@/shared/stored-text";

import { fits } from "./fits";

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

/** Returns the name under which a draft of the signed-in person is kept. */
export const useSlot = (name: string): string => `${SLOTS}${useMe().id}.${name}`;

const SLOTS = "flowpilot.draft.";

/** Removes the drafts of everybody who used this browser. */
export function clearDrafts(): void {
  inBrowser.clear(SLOTS);
  readers.forEach((reader) => reader());
}

const readers = new Set<() => void>();

/** Another tab's change comes as an event of the browser: a draft that is shown here as it was would overwrite it. */
function subscribe(reader: () => void) {
  readers.add(reader);
  window.addEventListener("storage", reader);
  return () => {
    readers.delete(reader);
    window.removeEventListener("storage", reader);
  };
}

export const textIn = (slot: string): string | null => inBrowser.read(slot);

/** Keeps the text of a draft; null removes it. */
export function keep(slot: string, text: string | null): void {
  if (text === null) inBrowser.remove(slot);
  else inBrowser.keep(slot, text);
  readers.forEach((reader) => reader());
}

function read<Shape extends object>(text: string | null, blank: Shape): Shape {
  if (text === null) return blank;
  try {
    const kept = JSON.parse(text) as Partial<Shape>;
    return fits(blank, kept) ? { ...blank, ...kept } : blank;
  } catch {
    return blank; // Written by another version of the page.
  }
}
