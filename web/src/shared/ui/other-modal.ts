/** Whether a modal is open that `element` is no part of, such as one above it that still gets the focus. */
export function isOtherModalOpen(element: Element | null): boolean {
  const modals = [...document.querySelectorAll("[role=dialog][aria-modal=true]")];
  return modals.some((modal) => !modal.contains(element));
}
