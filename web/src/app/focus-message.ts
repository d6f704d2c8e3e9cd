/** The state of a navigation that leads to work in a session: the message field then gets the focus. */
export const FOCUS_MESSAGE = { focus: "message" } as const;

export const focusesMessage = (state: unknown): boolean => (state as { focus?: unknown } | null)?.focus === FOCUS_MESSAGE.focus;
