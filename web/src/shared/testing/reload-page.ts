/**
 * Takes a page from the screen as a reload does, and the way to the sign-in: components are not told that they go, and what
 * the browser stores stays.
 */
export function leaveByReload({ unmount }: { unmount: () => void }): void {
  const stored = Object.entries(localStorage as unknown as Record<string, string>);
  unmount();
  stored.forEach(([name, text]) => localStorage.setItem(name, text));
}
