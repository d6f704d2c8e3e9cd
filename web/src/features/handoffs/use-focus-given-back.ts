import { useLayoutEffect, useRef } from "react";

/** Remembers what had the focus when something opened, and gives it back when that closes. */
export function useFocusGivenBack(opened: boolean): void {
  const before = useRef<HTMLElement | null>(null);

  // In the layout phase, which comes before anything inside moves the focus.
  useLayoutEffect(() => {
    if (!opened) return;
    before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    return () => before.current?.focus();
  }, [opened]);
}
