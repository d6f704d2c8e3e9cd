import type { KeyboardEvent } from "react";

/** Enter sends, Shift+Enter breaks the line; an Enter that ends the composition of a character does neither. */
export function onEnter(event: KeyboardEvent, submit: () => void): void {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  submit();
}
