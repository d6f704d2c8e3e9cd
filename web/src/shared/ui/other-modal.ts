/** Whether a modal is open that does not contain `element`, such as one above it that gets the focus soon; with null, whether any is. */
export function isOtherModalOpen(element: Element | null): boolean {
  const modals = [...document.querySelectorAll("[role=dialog][aria-modal=true]")];
  return modals.some((modal) => !modal.contains(element));
}
