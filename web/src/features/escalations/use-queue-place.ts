import { type MouseEvent, type RefObject, useLayoutEffect } from "react";

interface Place {
  scrollTop: number;
  handoffId: string;
}

/** Where the reader left the queue. It is used up by the next visit. */
let left: Place | null = null;

/**
 * Brings the reader back to the row that was opened: scrolls there and focuses it, as soon as the list `hasRows`. Returns
 * the click handler of the list.
 */
export function useQueuePlace(list: RefObject<HTMLElement | null>, hasRows: boolean) {
  useLayoutEffect(() => {
    if (!hasRows || left === null || !list.current) return;
    const { scrollTop, handoffId } = left;
    left = null;
    const scroller = scrollerOf(list.current);
    if (scroller) scroller.scrollTop = scrollTop;
    const row = [...list.current.querySelectorAll<HTMLElement>("[data-handoff]")].find((one) => one.dataset.handoff === handoffId);
    row?.focus({ preventScroll: true });
  }, [list, hasRows]);

  return (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-handoff]") : null;
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    left = { scrollTop: scrollerOf(event.currentTarget)?.scrollTop ?? 0, handoffId: row.dataset.handoff ?? "" };
  };
}

const scrollerOf = (list: Element) => list.closest("main");
