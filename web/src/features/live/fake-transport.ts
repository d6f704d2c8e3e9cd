import type { HandoffEvent } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";

import type { LiveTransport } from "./live-transport";

export const NOW = Date.parse("2026-11-23T12:00:00.000Z");

export function event(id: string, secondsAgo = 0): HandoffEvent {
  return {
    id,
    type: "handoff_created",
    occurred_at: new Date(NOW - secondsAgo * 1000).toISOString(),
    account_id: "acme",
    session_id: `session of ${id}`,
    handoff_id: "h",
    version: 1,
    actor: null,
    title: null,
    data: {},
  };
}

/** A socket that the test controls. */
class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  push(about: HandoffEvent): void {
    this.onmessage?.({ data: JSON.stringify({ type: "event", event: about }) });
  }
}

export class FakeTransport implements LiveTransport {
  readonly sockets: FakeSocket[] = [];
  readonly positions: (string | null)[] = [];
  feed: HandoffEvent[] = [];
  hasSockets = true;
  isDown = false;

  requestSocketUrl = () => (this.hasSockets ? Promise.resolve("ws://live") : Promise.reject(new Error("404")));

  open = () => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket as unknown as WebSocket;
  };

  readFeed = (after: string | null) => {
    this.positions.push(after);
    if (this.isDown) return Promise.reject(new Error("down"));
    return Promise.resolve({ events: this.feed, resumeAfter: this.feed.at(-1)?.id ?? after });
  };

  random = () => 1;
  now = serverNow;

  get socket(): FakeSocket {
    const newest = this.sockets.at(-1);
    if (newest === undefined) throw new Error("no socket was opened");
    return newest;
  }
}
