import { type KeyboardEvent, useLayoutEffect, useRef } from "react";

const REACHABLE = "a[href], button:not(:disabled), summary, input, textarea, [tabindex='0']";

/**
 * Makes the page below a modal inert while `opened`. Afterwards the element that had the focus gets it back, or the main
 * content when that element is gone. Returns the key handler that keeps Tab inside the modal.
 */
export function useModalLayer(opened: boolean): (event: KeyboardEvent<HTMLElement>) => void {
  const before = useRef<Element | null>(null);

  // A layout effect runs before effects inside the modal move the focus. The focus is returned here too, since React
  // reverts a focus change made in a clean-up function.
  useLayoutEffect(() => {
    if (opened) {
      before.current = document.activeElement;
      setInert(true);
    } else if (before.current !== null) {
      setInert(false);
      giveFocusBack(before.current);
      before.current = null;
    }
  }, [opened]);
  useLayoutEffect(() => () => setInert(false), []);

  return keepTabInside;
}

function setInert(inert: boolean): void {
  const page = document.getElementById("root");
  if (page) page.inert = inert;
}

function giveFocusBack(to: Element): void {
  const isThere = to instanceof HTMLElement && to.isConnected && to !== document.body;
  (isThere ? to : document.getElementById("main"))?.focus();
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
