import type { HandoffEvent } from "@/shared/api/types";

import { FeedCatchUp } from "./feed-catch-up";
import { LiveSocket } from "./live-socket";
import type { LiveState } from "./live-state";
import type { LiveTransport } from "./live-transport";

interface Listeners {
  onEvent: (event: HandoffEvent) => void;
  onState: (state: LiveState) => void;
  /** The socket is open again and the feed has been read. The feed may lack events from the time between. */
  onReconnected: () => void;
}

const REMEMBERED_IDS = 1_000;

/** Delivers each event once, whether it arrives by socket, by feed or by both. */
export class LiveChannel {
  private readonly seen = new Set<string>();
  private readonly socket: LiveSocket;
  private readonly feed: FeedCatchUp;
  private stopped = false;
  private wasAway = false;
  private isChecking = false;

  constructor(
    transport: LiveTransport,
    private readonly listeners: Listeners,
  ) {
    const onEvent = (event: HandoffEvent) => this.deliver(event);
    this.socket = new LiveSocket(transport, { onEvent, onState: (state) => this.onSocketState(state) });
    this.feed = new FeedCatchUp(transport, { onEvent, onOldEvent: ({ id }) => this.remember(id) });
  }

  start(): void {
    this.feed.start();
    this.socket.start();
  }

  stop(): void {
    this.stopped = true;
    this.socket.stop();
    this.feed.stop();
  }

  /** Call when the network or the reader has come back: reads the feed, and checks the socket or reconnects without waiting. */
  wake(): void {
    if (this.stopped) return;
    void this.feed.catchUp();
    this.socket.wake();
  }

  private onSocketState(state: LiveState): void {
    this.feed.setSocketState(state);
    this.listeners.onState(state);
    const isAnswer = state === "live" && this.isChecking; // The socket was alive all the time.
    this.isChecking = state === "checking";
    if (isAnswer || this.isChecking) return;
    if (state === "live") void this.onConnected();
    else this.wasAway = true;
  }

  private async onConnected(): Promise<void> {
    const { wasAway } = this;
    this.wasAway = false;
    await this.feed.catchUpToNow();
    if (wasAway && !this.stopped) this.listeners.onReconnected();
  }

  private deliver(event: HandoffEvent): void {
    if (this.seen.has(event.id)) return;
    this.remember(event.id);
    this.listeners.onEvent(event);
  }

  private remember(id: string): void {
    this.seen.add(id);
    if (this.seen.size > REMEMBERED_IDS) this.seen.delete(this.seen.values().next().value ?? "");
  }
}
