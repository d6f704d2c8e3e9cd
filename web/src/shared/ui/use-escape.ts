import { useEffect, useEffectEvent } from "react";

type Close = () => void;

/** What Esc closes, the topmost last. Mantine's own handling knows of no other modal: Esc would close all that are open. */
const open: Close[] = [];

/** What is inside a modal and closes by itself on Esc. */
const OWN_ESCAPE = "[data-mantine-stop-propagation=true], [role=menu], [role=dialog]:not([aria-modal=true])";

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest(OWN_ESCAPE) !== null) return;
  open.at(-1)?.();
}

/** Calls `onClose` on Esc while `opened`, wherever the focus is, unless something that was opened later is open still. */
export function useEscape(opened: boolean, onClose: Close): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!opened) return;
    const onEscape = () => close();
    open.push(onEscape);
    if (open.length === 1) window.addEventListener("keydown", onKeyDown, true); // Before what handles the key has closed.
    return () => {
      open.splice(open.indexOf(onEscape), 1);
      if (open.length === 0) window.removeEventListener("keydown", onKeyDown, true);
    };
  }, [opened]);
}
