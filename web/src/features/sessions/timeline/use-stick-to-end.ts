import { useEffect, useRef } from "react";

const NEAR_PX = 240;

/** Keeps the end of a growing list in view, unless the reader has scrolled up. Returns the ref for the list's end. */
export function useStickToEnd(length: number) {
  const end = useRef<HTMLDivElement>(null);
  const shown = useRef(0);

  useEffect(() => {
    const scroller = end.current?.closest("[data-scroller]");
    if (!scroller) return;
    const away = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (shown.current === 0 || away < NEAR_PX) scroller.scrollTop = scroller.scrollHeight;
    shown.current = length;
  }, [length]);

  return end;
}
