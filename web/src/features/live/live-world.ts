import { type Api, answerOf } from "@/shared/api/client";
import type { HandoffEvent } from "@/shared/api/types";

import type { LiveWorld } from "./live-channel";

const PAGE = 100;

/** The real thing: tickets and feed from the API, sockets from the browser. */
export function liveWorld(api: Api): LiveWorld {
  return {
    ticket: async () => (await answerOf(api.POST("/live/tickets"))).url,
    open: (url) => new WebSocket(url),
    catchUp: (after) => readFeed(api, after),
    random: Math.random,
    now: Date.now,
  };
}

/** All that came after a place in the feed. A page that just opened has read the truth already and needs the place only. */
async function readFeed(api: Api, after: string | null) {
  const events: HandoffEvent[] = [];
  let resumeAfter = after;
  let cursor: string | null = null;
  do {
    const place: { after?: string; cursor?: string } = cursor ? { cursor } : resumeAfter ? { after: resumeAfter } : {};
    const page = await answerOf(api.GET("/feed", { params: { query: { limit: PAGE, ...place } } }));
    events.push(...page.items);
    resumeAfter = page.resume_after ?? resumeAfter;
    cursor = page.next_cursor;
  } while (cursor !== null);
  return { events, resumeAfter };
}
