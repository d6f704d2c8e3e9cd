export const IS_MAC = navigator.userAgent.includes("Mac");

/** The key of the page's shortcuts, as people read it. */
export const MOD = IS_MAC ? "⌘" : "Ctrl ";
