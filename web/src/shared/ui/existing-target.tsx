import { type Ref, useImperativeHandle } from "react";

/**
 * The target of a Mantine popover or menu that is already on the page: a button of the first screen, which keeps its place and
 * the focus when the popover's code is loaded later. Mantine's other props are left out, so the button has its own roles.
 */
export function ExistingTarget({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element]);
  return null;
}
