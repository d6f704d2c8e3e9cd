import type { HandoffEvent } from "@/shared/api/types";

import type { LiveState } from "./live-state";
import type { LiveTransport } from "./live-transport";

type SocketTransport = Pick<LiveTransport, "requestSocketUrl" | "open" | "random">;

interface Listeners {
  onEvent: (event: HandoffEvent) => void;
  onState: (state: LiveState) => void;
}

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** API Gateway closes a socket that is idle for ten minutes. */
const PING_MS = 240_000;
const PONG_TIMEOUT_MS = 10_000;
/** After a sleep a dead socket has to be replaced within 12 s. */
const WAKE_PONG_TIMEOUT_MS = 5_000;

/** A WebSocket that reconnects with exponential backoff and jitter, and that detects a dead connection by ping. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private state: LiveState = "connecting";
  private failures = 0;
  private stopped = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Runs out when the socket has not opened in time, when a ping is due, or when the pong is missing. */
  private healthTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly transport: SocketTransport,
    private readonly listeners: Listeners,
  ) {}

  start(): void {
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    clearTimeout(this.healthTimer);
    this.socket?.close(1000);
  }

  /**
   * Call when the page wakes up. An open socket may be dead, so it has to answer a ping; without one, connects without
   * waiting for the backoff to pass.
   */
  wake(): void {
    if (this.state === "checking") return;
    if (this.state === "live" && this.socket !== null) {
      this.setState("checking");
      this.ping(this.socket, WAKE_PONG_TIMEOUT_MS);
      return;
    }
    clearTimeout(this.retryTimer);
    this.failures = 0;
    void this.connect();
  }

  private async connect(): Promise<void> {
    if (!this.mayConnect()) return;
    let url: string;
    try {
      url = await this.transport.requestSocketUrl();
    } catch {
      this.retryLater();
      return;
    }
    if (!this.mayConnect()) return;
    const socket = this.transport.open(url);
    this.socket = socket;
    this.healthTimer = setTimeout(() => this.abandon(socket), CONNECT_TIMEOUT_MS);
    socket.onopen = () => {
      this.failures = 0;
      this.setState("live");
      this.schedulePing(socket);
    };
    socket.onmessage = ({ data }) => {
      this.setState("live");
      this.schedulePing(socket);
      const event = eventIn(data);
      if (event !== null) this.listeners.onEvent(event);
    };
    socket.onclose = () => this.onLost(socket);
  }

  private onLost(socket: WebSocket): void {
    if (this.socket !== socket) return;
    this.socket = null;
    clearTimeout(this.healthTimer);
    this.retryLater();
  }

  private schedulePing(socket: WebSocket): void {
    clearTimeout(this.healthTimer);
    this.healthTimer = setTimeout(() => this.ping(socket, PONG_TIMEOUT_MS), PING_MS);
  }

  private ping(socket: WebSocket, timeoutMs: number): void {
    clearTimeout(this.healthTimer);
    socket.send('{"type":"ping"}');
    this.healthTimer = setTimeout(() => this.abandon(socket), timeoutMs);
  }

  /** Does not wait for `onclose`, which takes minutes on a dead connection. */
  private abandon(socket: WebSocket): void {
    socket.close();
    this.onLost(socket);
  }

  private mayConnect(): boolean {
    return !this.stopped && this.socket === null;
  }

  /** Doubles the wait after each failure, up to `MAX_BACKOFF_MS`. The jitter takes off up to half of it. */
  private retryLater(): void {
    if (this.stopped) return;
    const wasOpen = this.state === "live" || this.state === "checking";
    this.setState(this.failures === 0 && wasOpen ? "connecting" : "polling");
    const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.connect(), backoffMs * (0.5 + this.transport.random() / 2));
  }

  private setState(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.listeners.onState(state);
  }
}

/** Events of an integration belong to no session. */
const isTextOrNull = (value: unknown) => value === null || typeof value === "string";

/** Returns the event in a socket message; null for a pong, and for messages of the gateway itself. */
function eventIn(data: unknown): HandoffEvent | null {
  if (typeof data !== "string") return null;
  try {
    const message = JSON.parse(data) as { type?: string; event?: Partial<HandoffEvent> } | null;
    const event = message?.type === "event" ? message.event : undefined;
    return typeof event?.id === "string" && isTextOrNull(event.session_id) ? (event as HandoffEvent) : null;
  } catch {
    return null;
  }
}
