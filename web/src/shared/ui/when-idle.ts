const LATEST_MS = 3_000;
const WITHOUT_IDLE_CALLBACK_MS = 200; // Safari

/** Runs a task when the browser has nothing else to do. Returns a function that cancels it. */
export function whenIdle(task: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(task, WITHOUT_IDLE_CALLBACK_MS);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(task, { timeout: LATEST_MS });
  return () => window.cancelIdleCallback(handle);
}
