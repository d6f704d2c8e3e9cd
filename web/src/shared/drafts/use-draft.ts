import { useCallback, useMemo, useSyncExternalStore } from "react";

import { useMe } from "@/shared/api/me";

/**
 * State that survives a reload, a lost sign-in and a change of holder: what a person typed and did not send.
 * Kept in this browser alone, apart for each person, until `clear`. It can be changed and cleared after what showed it
 * has gone from the screen, as an answer may come late.
 */
export function useDraft<Shape extends object>(name: string, blank: Shape) {
  const slot = `flowpilot.draft.${useMe().id}.${name}`;
  const text = useSyncExternalStore(subscribe, () => textIn(slot));
  const draft = useMemo(() => read(text, blank), [text, blank]);

  const setDraft = useCallback(
    (change: Partial<Shape> | ((draft: Shape) => Partial<Shape>)) => {
      const current = read(textIn(slot), blank);
      keep(slot, JSON.stringify({ ...current, ...(typeof change === "function" ? change(current) : change) }));
    },
    [slot, blank],
  );

  const clear = useCallback(() => keep(slot, null), [slot]);

  return [draft, setDraft, clear] as const;
}

/** What the browser's storage did not take, as it is full or closed: it stays on the screen and can still be sent. */
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
    return blank; // Another version of the page wrote it; there is nothing to be saved.
  }
}
