const SHOWN_MS = 6_000;

/** The action that a confirmation offers while it is shown: one click, which ends it. */
export interface Offer {
  label: string;
  onTake: () => void;
  shownMs: number;
  /** The text says that something failed. */
  isFailure?: true;
}

export interface Shown {
  text: string;
  offer: Offer | null;
}

const NOTHING: Shown = { text: "", offer: null };

let shown = NOTHING;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/**
 * Shows that something worked, for six seconds or as long as its offer stands, on whatever page comes next. The newest text
 * replaces an older one.
 */
export function confirm(text: string, offer: Offer | null = null): void {
  show({ text, offer });
  timer = setTimeout(() => show(NOTHING), offer?.shownMs ?? SHOWN_MS);
}

export function dismissConfirmation(): void {
  show(NOTHING);
}

/** Removes the action that a confirmation offers, once it is no longer possible. Other confirmations stay. */
export function withdrawOffer(): void {
  if (shown.offer) show(NOTHING);
}

function show(next: Shown): void {
  clearTimeout(timer);
  shown = next;
  listeners.forEach((listen) => listen());
}

export function subscribeToConfirmation(listen: () => void) {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** Returns what is shown; its text is empty when nothing is. */
export const currentConfirmation = (): Shown => shown;
