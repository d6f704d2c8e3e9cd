import type { HandoffEvent } from "@/shared/api/types";

export type LiveState = "connecting" | "live" | "polling";

/** What the channel needs of the world; tests hand it another one. */
export interface LiveWorld {
  /** The address of a socket that may be opened once; throws when there are no sockets to be had. */
  ticket: () => Promise<string>;
  open: (url: string) => WebSocket;
  /** Events after a place in the feed, and the place to go on from. */
  catchUp: (after: string | null) => Promise<{ events: HandoffEvent[]; resumeAfter: string | null }>;
  random: () => number;
  now: () => number;
}

interface Listeners {
  onEvent: (event: HandoffEvent) => void;
  onState: (state: LiveState) => void;
  /** There was no socket for a while, and the feed may have named not all that happened: it was read up to now. */
  onReturn: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const POLL_MS = 10_000;
/** Pushes are best effort, so even a healthy socket is checked against the feed now and then. */
const CHECK_MS = 60_000;
const REMEMBERED_IDS = 1_000;
/** API Gateway ends a socket that is silent for ten minutes; and one that answers no ping is dead without knowing it. */
const PING_MS = 240_000;
const PONG_MS = 10_000;
const CONNECT_MS = 10_000;
/** What the newest part of the feed may hold that happened while the page was loading, told in spite of being old. */
const FRESH_MS = 30_000;

/**
 * Events as they happen: over a socket, and from the feed whenever the socket was away. While there is none the feed is
 * polled. An event that arrives twice is told once.
 */
export class LiveChannel {
  private readonly seen = new Set<string>();
  private socket: WebSocket | null = null;
  private after: string | null = null;
  private hasPlace = false;
  private failures = 0;
  private stopped = false;
  private wasAway = false;
  private state: LiveState = "connecting";
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private feedTimer: ReturnType<typeof setTimeout> | undefined;
  /** Until the socket has to have opened, has to be asked whether it lives, or has to have said so. */
  private lifeTimer: ReturnType<typeof setTimeout> | undefined;
  private catchingUp: Promise<void> | null = null;

  constructor(
    private readonly world: LiveWorld,
    private readonly listeners: Listeners,
  ) {}

  start(): void {
    void this.followFeed();
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    clearTimeout(this.feedTimer);
    clearTimeout(this.lifeTimer);
    this.socket?.close(1000);
  }

  /** The network or the reader is back: do not wait for the next attempt. */
  wake(): void {
    if (this.stopped) return;
    void this.catchUp();
    if (this.state === "live") return;
    clearTimeout(this.retryTimer);
    this.failures = 0;
    void this.connect();
  }

  private async connect(): Promise<void> {
    if (!this.mayConnect()) return;
    let url: string;
    try {
      url = await this.world.ticket();
    } catch {
      this.retryLater();
      return;
    }
    if (!this.mayConnect()) return;
    const socket = this.world.open(url);
    this.socket = socket;
    this.lifeTimer = setTimeout(() => this.giveUp(socket), CONNECT_MS);
    socket.onopen = () => {
      this.failures = 0;
      this.setState("live");
      void this.comeBack();
      this.pingLater(socket);
    };
    socket.onmessage = ({ data }) => {
      this.pingLater(socket);
      this.take(eventIn(data));
    };
    socket.onclose = () => this.lost(socket);
  }

  private lost(socket: WebSocket): void {
    if (this.socket !== socket) return;
    this.socket = null;
    clearTimeout(this.lifeTimer);
    this.retryLater();
  }

  private pingLater(socket: WebSocket): void {
    clearTimeout(this.lifeTimer);
    this.lifeTimer = setTimeout(() => {
      socket.send('{"type":"ping"}');
      this.lifeTimer = setTimeout(() => this.giveUp(socket), PONG_MS);
    }, PING_MS);
  }

  /** Does not wait for the socket to notice that it was closed: a dead one may take minutes. */
  private giveUp(socket: WebSocket): void {
    socket.close();
    this.lost(socket);
  }

  private mayConnect(): boolean {
    return !this.stopped && this.socket === null;
  }

  /** Waits twice as long after each failure, up to half a minute, less a random part so that pages spread out. */
  private retryLater(): void {
    if (this.stopped) return;
    this.wasAway = true;
    this.setState(this.failures === 0 && this.state === "live" ? "connecting" : "polling");
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.connect(), ceiling * (0.5 + this.world.random() / 2));
  }

  private async followFeed(): Promise<void> {
    await this.catchUp();
    if (this.stopped) return;
    clearTimeout(this.feedTimer);
    this.feedTimer = setTimeout(() => void this.followFeed(), this.state === "live" ? CHECK_MS : POLL_MS);
  }

  /** One at a time; a second call while one runs shares it. */
  private catchUp(): Promise<void> {
    this.catchingUp ??= this.readFeed().finally(() => (this.catchingUp = null));
    return this.catchingUp;
  }

  /** A reading under way may have missed what happened before there was a socket to tell of it. */
  private async comeBack(): Promise<void> {
    const { wasAway } = this;
    this.wasAway = false;
    await this.catchingUp;
    if (!this.stopped) await this.catchUp();
    if (wasAway && !this.stopped) this.listeners.onReturn();
  }

  private async readFeed(): Promise<void> {
    try {
      const { events, resumeAfter } = await this.world.catchUp(this.after);
      this.after = resumeAfter ?? this.after;
      const isFirst = !this.hasPlace;
      this.hasPlace = true;
      for (const event of events) {
        if (isFirst && isOld(event, this.world.now())) this.seen.add(event.id);
        else this.take(event);
      }
    } catch {
      // The feed is read again at the next turn of `followFeed`; what the reader asks for says itself what is wrong.
    }
  }

  private take(event: HandoffEvent | null): void {
    if (event === null || this.seen.has(event.id)) return;
    this.seen.add(event.id);
    if (this.seen.size > REMEMBERED_IDS) this.seen.delete(this.seen.values().next().value ?? "");
    this.listeners.onEvent(event);
  }

  private setState(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    if (state === "polling") {
      clearTimeout(this.feedTimer);
      this.feedTimer = setTimeout(() => void this.followFeed(), POLL_MS);
    }
    this.listeners.onState(state);
  }
}

/** What the page shows was read just now; only what happened meanwhile is news to it. */
const isOld = (event: HandoffEvent, nowMs: number): boolean => Date.parse(event.occurred_at) < nowMs - FRESH_MS;

/** The event in a message of the socket; null for a pong, and for what the gateway itself has to say. */
function eventIn(data: unknown): HandoffEvent | null {
  if (typeof data !== "string") return null;
  try {
    const message = JSON.parse(data) as { type?: string; event?: Partial<HandoffEvent> } | null;
    const event = message?.type === "event" ? message.event : undefined;
    return typeof event?.id === "string" && typeof event.session_id === "string" ? (event as HandoffEvent) : null;
  } catch {
    return null;
  }
}
