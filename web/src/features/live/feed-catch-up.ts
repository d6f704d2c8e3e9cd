import type { HandoffEvent } from "@/shared/api/types";

import type { LiveState } from "./live-state";
import type { LiveTransport } from "./live-transport";

type FeedTransport = Pick<LiveTransport, "readFeed" | "now">;

interface Listeners {
  onEvent: (event: HandoffEvent) => void;
  /** An event from before the page was opened: the page has loaded its result already. */
  onOldEvent: (event: HandoffEvent) => void;
}

const POLL_MS = 10_000;
/** Socket pushes are best effort, so an open socket is checked against the feed as well. */
const CHECK_MS = 60_000;
/** The first read of the feed reports events of the last 30 s, since they may have happened while the page loaded. */
const FRESH_MS = 30_000;

/** Reads the feed from where the last read ended: often while there is no socket, and now and then beside one. */
export class FeedCatchUp {
  private resumeAfter: string | null = null;
  private hasRead = false;
  private isLive = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly transport: FeedTransport,
    private readonly listeners: Listeners,
  ) {}

  start(): void {
    void this.follow();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  setSocketState(state: LiveState): void {
    this.isLive = state === "live";
    if (state === "polling") this.scheduleNext();
  }

  /** Reads the feed once. A call during a read shares that read. */
  catchUp(): Promise<void> {
    this.reading ??= this.read().finally(() => (this.reading = null));
    return this.reading;
  }

  /** Reads the feed up to a moment after this call: a read in progress may have missed the newest events. */
  async catchUpToNow(): Promise<void> {
    await this.reading;
    if (!this.stopped) await this.catchUp();
  }

  private async follow(): Promise<void> {
    await this.catchUp();
    if (!this.stopped) this.scheduleNext();
  }

  private scheduleNext(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.follow(), this.isLive ? CHECK_MS : POLL_MS);
  }

  private async read(): Promise<void> {
    try {
      const { events, resumeAfter, isPosition } = await this.transport.readFeed(this.resumeAfter);
      this.resumeAfter = resumeAfter ?? this.resumeAfter;
      if (isPosition) return;
      const isFirst = !this.hasRead;
      this.hasRead = true;
      for (const event of events) {
        if (isFirst && this.isOld(event)) this.listeners.onOldEvent(event);
        else this.listeners.onEvent(event);
      }
    } catch {
      // The next read starts at the same position. Requests of the reader report their own errors.
    }
  }

  private isOld(event: HandoffEvent): boolean {
    return Date.parse(event.occurred_at) < this.transport.now() - FRESH_MS;
  }
}
