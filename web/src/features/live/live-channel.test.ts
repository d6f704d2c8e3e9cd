import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { HandoffEvent } from "@/shared/api/types";

import { LiveChannel, type LiveState, type LiveWorld } from "./live-channel";

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

class FakeWorld implements LiveWorld {
  readonly sockets: FakeSocket[] = [];
  readonly places: (string | null)[] = [];
  feed: HandoffEvent[] = [];
  hasSockets = true;
  isDown = false;

  ticket = () => (this.hasSockets ? Promise.resolve("ws://live") : Promise.reject(new Error("404")));

  open = () => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket as unknown as WebSocket;
  };

  catchUp = (after: string | null) => {
    this.places.push(after);
    if (this.isDown) return Promise.reject(new Error("down"));
    return Promise.resolve({ events: this.feed, resumeAfter: this.feed.at(-1)?.id ?? after });
  };

  random = () => 1;
  now = () => Date.now();

  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }
}

let world: FakeWorld;
let told: string[];
let states: LiveState[];
/** What had been told whenever the page was said to be back. */
let returns: string[][];
let channel: LiveChannel;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  world = new FakeWorld();
  told = [];
  states = [];
  returns = [];
  channel = new LiveChannel(world, {
    onEvent: ({ id }) => told.push(id),
    onState: (state) => states.push(state),
    onReturn: () => returns.push([...told]),
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
  world.socket.onopen?.();
  await settle();
}

test("an event on the socket is told at once", async () => {
  await goLive();

  world.socket.push(event("one"));

  expect(told).toEqual(["one"]);
});

test("an event that comes by socket and by feed is told once", async () => {
  await goLive();
  world.socket.push(event("one"));
  world.feed = [event("one"), event("two")];

  channel.wake();
  await settle();

  expect(told).toEqual(["one", "two"]);
});

test("what had happened before the page was opened is no news", async () => {
  world.feed = [event("last week", 600_000), event("a moment ago", 5)];

  await goLive();

  expect(told).toEqual(["a moment ago"]);
});

async function comeBackFromACut(): Promise<void> {
  world.feed = [event("before", 60)];
  await goLive();
  world.feed = [event("before", 60), event("meanwhile")];

  world.socket.onclose?.();
  await vi.advanceTimersByTimeAsync(500);
  world.socket.onopen?.();
  await settle();
}

test("after a cut the socket comes back and the gap is read from the feed", async () => {
  await comeBackFromACut();

  expect(world.sockets).toHaveLength(2);
  expect(told).toEqual(["meanwhile"]);
  expect(world.places.at(-1)).toBe("before");
});

test("after a cut the page is said to be back, once the feed has been read", async () => {
  await comeBackFromACut();

  expect(returns).toEqual([["meanwhile"]]);
});

test("a page that has waited for its first socket is said to be back too, though the feed is down", async () => {
  world.hasSockets = false;
  world.isDown = true;
  channel.start();
  await settle();
  world.hasSockets = true;
  channel.wake();
  await settle();

  world.socket.onopen?.();
  await settle();

  expect(returns).toHaveLength(1);
});

test("a page that just opened, and one whose feed is read now and then, was never away", async () => {
  await goLive();

  channel.wake();
  await vi.advanceTimersByTimeAsync(180_000);

  expect(returns).toEqual([]);
});

test("what happened while the feed was being read and the socket was not open yet is read then", async () => {
  let answer: () => void = () => undefined;
  const read = world.catchUp;
  world.catchUp = async (after) => {
    const soFar = await read(after);
    await new Promise<void>((resolve) => (answer = resolve));
    return soFar;
  };
  channel.start();
  await settle();
  world.catchUp = read;
  world.feed = [event("in between")];

  world.socket.onopen?.();
  answer();
  await settle();

  expect(told).toEqual(["in between"]);
});

test("attempts to connect come further and further apart, up to half a minute", async () => {
  world.hasSockets = false;
  const ticket = vi.spyOn(world, "ticket");
  channel.start();
  await settle();

  const counts = [];
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    await vi.advanceTimersByTimeAsync(wait);
    counts.push(ticket.mock.calls.length);
  }

  expect(counts).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

test("without sockets the feed is polled every ten seconds and the page says so", async () => {
  world.hasSockets = false;
  channel.start();
  await settle();
  const reads = world.places.length;
  world.feed = [event("by poll")];

  await vi.advanceTimersByTimeAsync(10_000);

  expect(states).toEqual(["polling"]);
  expect(world.places.length).toBe(reads + 1);
  expect(told).toEqual(["by poll"]);
});

test("a short cut is not called polling", async () => {
  await goLive();

  world.socket.onclose?.();

  expect(states).toEqual(["live", "connecting"]);
});

test("a healthy socket is checked against the feed every minute, since a push may get lost", async () => {
  await goLive();
  world.feed = [event("never pushed")];

  await vi.advanceTimersByTimeAsync(60_000);

  expect(told).toEqual(["never pushed"]);
});

test("a socket that answers no ping is given up", async () => {
  await goLive();
  const dead = world.socket;

  await vi.advanceTimersByTimeAsync(240_000);
  expect(dead.sent).toEqual(['{"type":"ping"}']);
  await vi.advanceTimersByTimeAsync(10_000);

  expect([dead.closed, states.at(-1)]).toEqual([true, "connecting"]);
});

test("a socket that does not open in ten seconds is given up and another tried", async () => {
  channel.start();
  await settle();

  await vi.advanceTimersByTimeAsync(10_500);

  expect([world.sockets[0]?.closed, world.sockets.length]).toEqual([true, 2]);
});

test("a socket that answers is kept", async () => {
  await goLive();

  await vi.advanceTimersByTimeAsync(240_000);
  world.socket.onmessage?.({ data: '{"type":"pong"}' });
  await vi.advanceTimersByTimeAsync(10_000);

  expect([world.socket.closed, states.at(-1)]).toEqual([false, "live"]);
});

test.each(['{"message": "Forbidden", "connectionId": "x"}', "not json", "null", '{"type":"event"}', 7])(
  "a message of %j is no event",
  async (data) => {
    await goLive();

    world.socket.onmessage?.({ data });

    expect(told).toEqual([]);
  },
);

test("a feed that is down is read again at the next turn, from the same place", async () => {
  world.feed = [event("place", 60)];
  await goLive();
  world.isDown = true;
  await vi.advanceTimersByTimeAsync(60_000);
  world.isDown = false;
  world.feed = [event("place", 60), event("late")];

  await vi.advanceTimersByTimeAsync(60_000);

  expect(told).toEqual(["late"]);
  expect(world.places.slice(-2)).toEqual(["place", "place"]);
});

test("nothing is asked any more once the page has gone", async () => {
  await goLive();
  channel.stop();
  const reads = world.places.length;

  world.socket.onclose?.();
  await vi.advanceTimersByTimeAsync(120_000);

  expect([world.places.length, world.sockets.length]).toEqual([reads, 1]);
});
