import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { HandoffEvent } from "@/shared/api/types";

import { LiveChannel } from "./live-channel";
import type { LiveState } from "./live-state";
import type { LiveTransport } from "./live-transport";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");

function event(id: string, secondsAgo = 0): HandoffEvent {
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

/** A socket whose other end is the test. */
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

class FakeTransport implements LiveTransport {
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
  now = () => Date.now();

  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }
}

let transport: FakeTransport;
let delivered: string[];
let states: LiveState[];
/** What had been delivered whenever the page was said to be back. */
let reconnections: string[][];
let channel: LiveChannel;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  transport = new FakeTransport();
  delivered = [];
  states = [];
  reconnections = [];
  channel = new LiveChannel(transport, {
    onEvent: ({ id }) => delivered.push(id),
    onState: (state) => states.push(state),
    onReconnected: () => reconnections.push([...delivered]),
  });
});

afterEach(() => {
  channel.stop();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

async function goLive(): Promise<void> {
  channel.start();
  await settle();
  transport.socket.onopen?.();
  await settle();
}

test("an event on the socket is delivered at once", async () => {
  await goLive();

  transport.socket.push(event("one"));

  expect(delivered).toEqual(["one"]);
});

test("an event that comes by socket and by feed is delivered once", async () => {
  await goLive();
  transport.socket.push(event("one"));
  transport.feed = [event("one"), event("two")];

  channel.wake();
  await settle();

  expect(delivered).toEqual(["one", "two"]);
});

test("what had happened before the page was opened is no news", async () => {
  transport.feed = [event("last week", 600_000), event("a moment ago", 5)];

  await goLive();

  expect(delivered).toEqual(["a moment ago"]);
});

async function comeBackFromACut(): Promise<void> {
  transport.feed = [event("before", 60)];
  await goLive();
  transport.feed = [event("before", 60), event("meanwhile")];

  transport.socket.onclose?.();
  await vi.advanceTimersByTimeAsync(500);
  transport.socket.onopen?.();
  await settle();
}

test("after a cut the socket comes back and the gap is read from the feed", async () => {
  await comeBackFromACut();

  expect(transport.sockets).toHaveLength(2);
  expect(delivered).toEqual(["meanwhile"]);
  expect(transport.positions.at(-1)).toBe("before");
});

test("after a cut the page is said to be back, once the feed has been read", async () => {
  await comeBackFromACut();

  expect(reconnections).toEqual([["meanwhile"]]);
});

test("a page that has waited for its first socket is said to be back too, though the feed is down", async () => {
  transport.hasSockets = false;
  transport.isDown = true;
  channel.start();
  await settle();
  transport.hasSockets = true;
  channel.wake();
  await settle();

  transport.socket.onopen?.();
  await settle();

  expect(reconnections).toHaveLength(1);
});

test("a page that just opened, and one whose feed is read now and then, was never away", async () => {
  await goLive();

  channel.wake();
  await vi.advanceTimersByTimeAsync(180_000);

  expect(reconnections).toEqual([]);
});

test("what happened while the feed was being read and the socket was not open yet is read then", async () => {
  let answer: () => void = () => undefined;
  const read = transport.readFeed;
  transport.readFeed = async (after) => {
    const soFar = await read(after);
    await new Promise<void>((resolve) => (answer = resolve));
    return soFar;
  };
  channel.start();
  await settle();
  transport.readFeed = read;
  transport.feed = [event("in between")];

  transport.socket.onopen?.();
  answer();
  await settle();

  expect(delivered).toEqual(["in between"]);
});

test("attempts to connect come further and further apart, up to half a minute", async () => {
  transport.hasSockets = false;
  const requestSocketUrl = vi.spyOn(transport, "requestSocketUrl");
  channel.start();
  await settle();

  const counts = [];
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    await vi.advanceTimersByTimeAsync(wait);
    counts.push(requestSocketUrl.mock.calls.length);
  }

  expect(counts).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

test("without sockets the feed is polled every ten seconds and the page says so", async () => {
  transport.hasSockets = false;
  channel.start();
  await settle();
  const reads = transport.positions.length;
  transport.feed = [event("by poll")];

  await vi.advanceTimersByTimeAsync(10_000);

  expect(states).toEqual(["polling"]);
  expect(transport.positions.length).toBe(reads + 1);
  expect(delivered).toEqual(["by poll"]);
});

test("a short cut is not called polling", async () => {
  await goLive();

  transport.socket.onclose?.();

  expect(states).toEqual(["live", "connecting"]);
});

test("a healthy socket is checked against the feed every minute, since a push may get lost", async () => {
  await goLive();
  transport.feed = [event("never pushed")];

  await vi.advanceTimersByTimeAsync(60_000);

  expect(delivered).toEqual(["never pushed"]);
});

test("a socket that answers no ping is given up", async () => {
  await goLive();
  const dead = transport.socket;

  await vi.advanceTimersByTimeAsync(240_000);
  expect(dead.sent).toEqual(['{"type":"ping"}']);
  await vi.advanceTimersByTimeAsync(10_000);

  expect([dead.closed, states.at(-1)]).toEqual([true, "connecting"]);
});

test("a socket that does not open in ten seconds is given up and another tried", async () => {
  channel.start();
  await settle();

  await vi.advanceTimersByTimeAsync(10_500);

  expect([transport.sockets[0]?.closed, transport.sockets.length]).toEqual([true, 2]);
});

test("a socket that answers is kept", async () => {
  await goLive();

  await vi.advanceTimersByTimeAsync(240_000);
  transport.socket.onmessage?.({ data: '{"type":"pong"}' });
  await vi.advanceTimersByTimeAsync(10_000);

  expect([transport.socket.closed, states.at(-1)]).toEqual([false, "live"]);
});

test.each(['{"message": "Forbidden", "connectionId": "x"}', "not json", "null", '{"type":"event"}', 7])(
  "a message of %j is no event",
  async (data) => {
    await goLive();

    transport.socket.onmessage?.({ data });

    expect(delivered).toEqual([]);
  },
);

test("a feed that is down is read again at the next turn, from the same place", async () => {
  transport.feed = [event("place", 60)];
  await goLive();
  transport.isDown = true;
  await vi.advanceTimersByTimeAsync(60_000);
  transport.isDown = false;
  transport.feed = [event("place", 60), event("late")];

  await vi.advanceTimersByTimeAsync(60_000);

  expect(delivered).toEqual(["late"]);
  expect(transport.positions.slice(-2)).toEqual(["place", "place"]);
});

test("nothing is asked any more once the page has gone", async () => {
  await goLive();
  channel.stop();
  const reads = transport.positions.length;

  transport.socket.onclose?.();
  await vi.advanceTimersByTimeAsync(120_000);

  expect([transport.positions.length, transport.sockets.length]).toEqual([reads, 1]);
});
