/**
 * How the page learns of events: over the socket, by polling the feed, or neither yet. "checking": the page has woken up and
 * does not know whether the socket is still alive. "offline": the browser has no network.
 */
export type LiveState = "connecting" | "live" | "checking" | "polling" | "offline";
