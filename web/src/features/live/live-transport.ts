import { type Api, answerOf } from "@/shared/api/client";
import type { HandoffEvent } from "@/shared/api/types";

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
}

const PAGE_SIZE = 100;

export function liveTransport(api: Api): LiveTransport {
  return {
    requestSocketUrl: async () => (await answerOf(api.POST("/live/tokens"))).url,
    open: (url) => new WebSocket(url),
    readFeed: (after) => readFeed(api, after),
    random: Math.random,
    now: Date.now,
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
