import { type Api, answerOf } from "@/shared/api/client";
import type { LiveStart } from "@/shared/api/start";
import type { HandoffEvent } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";

/** What the live channel needs of the API and the browser. Tests provide a fake one. */
export interface LiveTransport {
  /** Returns a WebSocket address with a one-use live token in it. Rejects when the API has none to give. */
  requestSocketUrl: () => Promise<string>;
  open: (url: string) => WebSocket;
  /** Returns the events after a position in the feed, oldest first, and the position to continue from. */
  readFeed: (after: string | null) => Promise<FeedPage>;
  random: () => number;
  now: () => number;
}

export interface FeedPage {
  events: HandoffEvent[];
  resumeAfter: string | null;
  /** Whether this only says where to go on from: nothing was read. */
  isPosition?: boolean;
}

const PAGE_SIZE = 100;

/** Until the address that `/start` gave ends, it has to be worth trying. */
const LEAST_LIFE_MS = 5_000;

/** Begins with what `/start` has given, each of it once, and asks the API from then on. */
export function liveTransport(api: Api, start: LiveStart = { feed: null, live: null }): LiveTransport {
  let { feed, live } = start;

  const requestSocketUrl = async () => {
    const given = live;
    live = null;
    if (given !== null && Date.parse(given.expires_at) > serverNow() + LEAST_LIFE_MS) return given.url;
    return (await answerOf(api.POST("/live/tokens"))).url;
  };

  const readFromStart = async (after: string | null): Promise<FeedPage> => {
    const position = feed;
    feed = null;
    if (position === null || after !== null) return readFeed(api, after);
    return { events: [], resumeAfter: position.resume_after, isPosition: true };
  };

  return {
    requestSocketUrl,
    open: (url) => new WebSocket(url),
    readFeed: readFromStart,
    random: Math.random,
    now: serverNow,
  };
}

async function readFeed(api: Api, after: string | null): Promise<FeedPage> {
  const events: HandoffEvent[] = [];
  let resumeAfter = after;
  let cursor: string | null = null;
  do {
    const position: { after?: string; cursor?: string } = cursor ? { cursor } : resumeAfter ? { after: resumeAfter } : {};
    const page = await answerOf(api.GET("/feed", { params: { query: { limit: PAGE_SIZE, ...position } } }));
    events.push(...page.items);
    resumeAfter = page.resume_after ?? resumeAfter;
    cursor = page.next_cursor;
  } while (cursor !== null);
  return { events, resumeAfter };
}
