import { useEffect, useRef } from "react";

import { isPlainKey } from "@/shared/ui/plain-key";

/** Calls `onHelp` when `?` is pressed outside of fields. */
export function useHelpKey(onHelp: () => void): void {
  const help = useRef(onHelp);
  useEffect(() => void (help.current = onHelp));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "?" || !isPlainKey(event)) return;
      event.preventDefault();
      help.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
