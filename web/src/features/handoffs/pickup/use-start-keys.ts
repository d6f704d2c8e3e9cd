import { type RefObject, useEffect, useRef } from "react";

import { isOtherModalOpen } from "@/shared/ui/other-modal";

/** Keys and clicks of the screen before still arrive for this long. */
const SETTLE_MS = 600;
const TEXT_FIELDS = "input, textarea, select, [contenteditable='true']";

/**
 * Starts on `S` or Ctrl+Enter (or Cmd+Enter). A key that was down before the offer appeared, or that goes down within
 * 0.6 s of it, starts nothing, nor does one while a dialog is open above the `button`. Returns whether a click on the
 * button is meant: the second click of a double click on a queue row is not, and neither is a key press on it within 0.6 s.
 */
export function useStartKeys(button: RefObject<Element | null>, onStart: () => void): (click: { detail: number }) => boolean {
  const shownAt = useRef(Number.POSITIVE_INFINITY);
  const start = useRef(onStart);
  const isEarly = () => performance.now() - shownAt.current < SETTLE_MS;

  useEffect(() => {
    start.current = onStart;
  });

  useEffect(() => {
    shownAt.current = performance.now();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat && isActivation(event)) event.preventDefault(); // A held Enter also clicks the focused button.
      if (event.repeat || event.isComposing || isEarly() || !isStart(event)) return;
      if (isOtherModalOpen(button.current)) return;
      event.preventDefault();
      start.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [button]);

  return ({ detail }) => detail <= 1 && !(detail === 0 && isEarly());
}

const isActivation = ({ key, target }: KeyboardEvent) => key === "Enter" && target instanceof HTMLButtonElement;

function isStart(event: KeyboardEvent): boolean {
  const modified = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") return modified && !event.altKey && !event.shiftKey;
  const isTyping = event.target instanceof Element && event.target.closest(TEXT_FIELDS) !== null;
  return event.key.toLowerCase() === "s" && !modified && !event.altKey && !event.shiftKey && !isTyping;
}
