const TICK_MS = 5_000;
/** A tick that comes this late means that the machine slept. */
const JUMP_MS = 15_000;

/**
 * Calls `onWake` when the page may have missed something: the network or the reader is back, or the clock jumped. Returns
 * the function that ends it.
 */
export function listenForWakeUp(onWake: () => void): () => void {
  const wake = () => {
    if (document.visibilityState === "visible") onWake();
  };
  let last = Date.now();
  const timer = setInterval(() => {
    const passed = Date.now() - last;
    last = Date.now();
    if (passed > TICK_MS + JUMP_MS) wake();
  }, TICK_MS);
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  return () => {
    clearInterval(timer);
    window.removeEventListener("online", wake);
    window.removeEventListener("focus", wake);
    document.removeEventListener("visibilitychange", wake);
  };
}
