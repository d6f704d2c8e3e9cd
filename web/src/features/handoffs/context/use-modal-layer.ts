import { type KeyboardEvent, useLayoutEffect, useRef } from "react";

const REACHABLE = "a[href], button:not(:disabled), summary, input, textarea, [tabindex='0']";

/**
 * Makes what lies over the page the only thing there is, for every kind of reader: the page below is inert while
 * `opened`, and what had the focus gets it back afterwards, or
 * the content when that has gone. Returns the handler that keeps Tab inside.
 */
export function useModalLayer(opened: boolean): (event: KeyboardEvent<HTMLElement>) => void {
  const before = useRef<Element | null>(null);

  // In the layout phase, which comes before anything inside moves the focus. The focus is given back there too, since
  // React undoes what a clean-up does to it.
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
