import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { event, FakeTransport, NOW } from "./fake-transport";
import { LiveChannel } from "./live-channel";
import type { LiveState } from "./live-state";

let transport: FakeTransport;
let delivered: string[];
let states: LiveState[];
/** The events delivered before each reported reconnection. */
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

test("a socket event is delivered at once", async () => {
  await goLive();

  transport.socket.push(event("one"));

  expect(delivered).toEqual(["one"]);
});

test("an event that arrives by socket and by feed is delivered once", async () => {
  await goLive();
  transport.socket.push(event("one"));
  transport.feed = [event("one"), event("two")];

  channel.wake();
  await settle();

  expect(delivered).toEqual(["one", "two"]);
});

test("an event from before the page was opened is not delivered", async () => {
  transport.feed = [event("last week", 600_000), event("a moment ago", 5)];

  await goLive();

  expect(delivered).toEqual(["a moment ago"]);
});

async function reconnect(): Promise<void> {
  transport.feed = [event("before", 60)];
  await goLive();
  transport.feed = [event("before", 60), event("meanwhile")];

  transport.socket.onclose?.();
  await vi.advanceTimersByTimeAsync(500);
  transport.socket.onopen?.();
  await settle();
}

test("a lost socket reconnects and reads the gap from the feed", async () => {
  await reconnect();

  expect(transport.sockets).toHaveLength(2);
  expect(delivered).toEqual(["meanwhile"]);
  expect(transport.positions.at(-1)).toBe("before");
});

test("a reconnection is reported once the feed has been read", async () => {
  await reconnect();

  expect(reconnections).toEqual([["meanwhile"]]);
});

test("a late first connection is reported as a reconnection, even while the feed is down", async () => {
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

test("a first connection and regular feed reads are not reported as reconnections", async () => {
  await goLive();

  channel.wake();
  await vi.advanceTimersByTimeAsync(180_000);

  expect(reconnections).toEqual([]);
});

test("an event between a feed read and the opening of the socket is delivered", async () => {
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

test("connection attempts back off exponentially, up to 30 s", async () => {
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

test("the feed is polled every ten seconds while there is no socket", async () => {
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

test("a socket that was just lost is reported as connecting, not polling", async () => {
  await goLive();

  transport.socket.onclose?.();

  expect(states).toEqual(["live", "connecting"]);
});

test("the feed is read every minute beside an open socket, since a push may be lost", async () => {
  await goLive();
  transport.feed = [event("never pushed")];

  await vi.advanceTimersByTimeAsync(60_000);

  expect(delivered).toEqual(["never pushed"]);
});

test("a socket that does not answer a ping is abandoned", async () => {
  await goLive();
  const dead = transport.socket;

  await vi.advanceTimersByTimeAsync(240_000);
  expect(dead.sent).toEqual(['{"type":"ping"}']);
  await vi.advanceTimersByTimeAsync(10_000);

  expect([dead.closed, states.at(-1)]).toEqual([true, "connecting"]);
});

test("a socket that does not open in ten seconds is abandoned and another one opened", async () => {
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
  "a message of %j is ignored",
  async (data) => {
    await goLive();

    transport.socket.onmessage?.({ data });

    expect(delivered).toEqual([]);
  },
);

test("a failed feed read is repeated from the same position", async () => {
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

test("a stopped channel sends no requests", async () => {
  await goLive();
  channel.stop();
  const reads = transport.positions.length;

  transport.socket.onclose?.();
  await vi.advanceTimersByTimeAsync(120_000);

  expect([transport.positions.length, transport.sockets.length]).toEqual([reads, 1]);
});

test("a dead socket is replaced within 12 s of waking up, and the feed is read at once", async () => {
  await goLive();
  transport.feed = [event("missed")];

  channel.wake();
  await settle();
  expect(delivered).toEqual(["missed"]);
  expect(states.at(-1)).toBe("checking");
  await vi.advanceTimersByTimeAsync(12_000);

  expect(transport.sockets).toHaveLength(2);
});

test("a socket that answers after waking up is kept", async () => {
  await goLive();

  channel.wake();
  expect(transport.socket.sent).toEqual(['{"type":"ping"}']);
  transport.socket.onmessage?.({ data: '{"type":"pong"}' });
  await vi.advanceTimersByTimeAsync(12_000);

  expect(states.slice(-2)).toEqual(["checking", "live"]);
  expect(transport.sockets).toHaveLength(1);
  expect(reconnections).toEqual([]);
});
