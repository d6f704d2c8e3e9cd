import type { KeyboardEvent } from "react";

/** Submits on Enter. Shift+Enter, and an Enter that ends an IME composition, do not. */
export function onEnter(event: KeyboardEvent, submit: () => void): void {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  submit();
}
