const SHOWN_MS = 6_000;

let text = "";
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Shows that something worked, for six seconds, on whatever page comes next. The newest text replaces an older one. */
export function confirm(what: string): void {
  show(what);
  timer = setTimeout(() => show(""), SHOWN_MS);
}

export function dismissConfirmation(): void {
  show("");
}

function show(what: string): void {
  clearTimeout(timer);
  text = what;
  listeners.forEach((listen) => listen());
}

export function subscribeToConfirmation(listen: () => void) {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** Returns the text that is shown, or an empty one. */
export const currentConfirmation = (): string => text;
