/** How the page learns of events: over the socket, by polling the feed, or neither yet. */
export type LiveState = "connecting" | "live" | "polling";
