import { isOtherModalOpen } from "./other-modal";

const TEXT_FIELDS = "input, textarea, select, [contenteditable='true']";

/** Whether a key press is a shortcut of the page: without Ctrl, Alt or Cmd, not held, and not typed into a field or dialog. */
export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return false;
  const { target } = event;
  if (target instanceof Element && target.closest(TEXT_FIELDS) !== null) return false;
  return !isOtherModalOpen(null);
}
