import { type KeyboardEvent, useLayoutEffect } from "react";

const REACHABLE = "a[href], button:not(:disabled), summary, input, textarea, [tabindex='0']";

/**
 * Makes what lies over the page the only thing there is, for every kind of reader: the page below is inert while
 * `opened`, and what had the focus gets it back afterwards, or
 * the content when that has gone. Returns the handler that keeps Tab inside.
 */
export function useModalLayer(opened: boolean): (event: KeyboardEvent<HTMLElement>) => void {
  // In the layout phase, which comes before anything inside moves the focus.
  useLayoutEffect(() => {
    if (!opened) return;
    const page = document.getElementById("root");
    const before = document.activeElement;
    if (page) page.inert = true;
    return () => {
      if (page) page.inert = false;
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (isThere ? before : document.getElementById("main"))?.focus();
    };
  }, [opened]);

  return keepTabInside;
}

function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Tab") return;
  const reachable = event.currentTarget.querySelectorAll<HTMLElement>(REACHABLE);
  const ends = [reachable[reachable.length - 1], reachable[0]];
  const [from, to] = event.shiftKey ? ends.reverse() : ends;
  if (document.activeElement !== from) return;
  event.preventDefault();
  to?.focus();
}
