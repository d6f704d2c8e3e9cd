import { useEffect, useRef } from "react";

import { useEscape } from "./use-escape";

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * Keeps what is typed outside of fields while a part of the page `waits` for its code, and writes it into the field that then
 * gets the focus. Esc gives the part up.
 */
export function useTypeAhead(waits: boolean, onCancel: () => void): void {
  const typed = useRef("");
  useEscape(waits, () => {
    typed.current = "";
    onCancel();
  });
  useEffect(() => {
    if (!waits) return;
    typed.current = "";
    const onKeyDown = (event: KeyboardEvent) => {
      if (isField(event.target)) return;
      if (event.key === "Backspace") typed.current = typed.current.slice(0, -1);
      else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) typed.current += event.key;
      else if (event.key !== "Enter") return;
      event.preventDefault(); // Space and Enter would press the button that still has the focus.
      event.stopPropagation();
    };
    const onFocus = ({ target }: FocusEvent) => {
      if (isField(target) && typed.current !== "") insert(target, typed.current);
      typed.current = "";
    };
    window.addEventListener("keydown", onKeyDown, true);
    document.addEventListener("focusin", onFocus, { once: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown, true);
      setTimeout(() => document.removeEventListener("focusin", onFocus), FOCUS_MS);
    };
  }, [waits]);
}

/** A dialog moves the focus to its field a moment after it has opened. */
const FOCUS_MS = 1_000;

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Writes as a person does: React ignores a value that is set by the property it has replaced. */
function insert(field: Field, text: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, field.value + text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
