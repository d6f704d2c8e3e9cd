import { useCallback, useState } from "react";

import { useMe } from "@/shared/api/me";

/**
 * State that survives a reload, a lost sign-in and a change of holder: what a person typed and did not send.
 * Kept in this browser alone, apart for each person, until `clear`.
 */
export function useDraft<Shape extends object>(name: string, blank: Shape) {
  const slot = `flowpilot.draft.${useMe().id}.${name}`;
  const [held, setHeld] = useState(() => ({ slot, draft: load(slot, blank) }));
  const draft = held.slot === slot ? held.draft : load(slot, blank);

  const setDraft = useCallback(
    (change: Partial<Shape>) => {
      setHeld((before) => {
        const current = before.slot === slot ? before.draft : load(slot, blank);
        const next = { ...current, ...change };
        store(slot, next);
        return { slot, draft: next };
      });
    },
    [slot, blank],
  );

  const clear = useCallback(() => {
    localStorage.removeItem(slot);
    setHeld({ slot, draft: blank });
  }, [slot, blank]);

  return [draft, setDraft, clear] as const;
}

function load<Shape extends object>(slot: string, blank: Shape): Shape {
  const text = localStorage.getItem(slot);
  if (text === null) return blank;
  try {
    return { ...blank, ...(JSON.parse(text) as Partial<Shape>) };
  } catch {
    return blank; // Another version of the page wrote it; there is nothing to be saved.
  }
}

function store(slot: string, draft: object): void {
  try {
    localStorage.setItem(slot, JSON.stringify(draft));
  } catch {
    // The browser's storage is full or closed: the text stays on the screen and can still be sent.
  }
}
