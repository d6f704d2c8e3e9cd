import { focusManager, type InfiniteData, onlineManager, type Query, type QueryClient, type QueryKey } from "@tanstack/react-query";

import { type Api, answerOf } from "./api/client";
import { keys } from "./api/keys";
import type { Refresh, Turn } from "./api/types";

/** The name of some server state in the query cache; it covers every name that begins with it. */
export type StateKey = readonly string[];

const BATCH_MS = 30;
const PAGE = 25;
const LARGEST_PAGE = 100;
/** What is to be shown is shown within this time, or no longer waited for. */
const EXPECTED_MS = 5_000;

type Part = Exclude<keyof Refresh, "problems">;

/** The part of `GET /refresh` that is kept under a name. */
const PARTS: Record<string, Part> = {
  [keys.escalations[0]]: "escalations",
  [keys.handedOff[0]]: "handed_off",
  [keys.sessions[0]]: "sessions",
  [keys.notifications[0]]: "notifications",
  session: "session",
  turns: "turns",
  handoffs: "handoffs",
  history: "history",
};
const OF_SESSION = new Set<Part>(["session", "turns", "handoffs", "history"]);

interface Wanted {
  key: QueryKey;
  part: Part;
}

/**
 * Reads again what changes have made stale: all that is on the screen in one request, however many changes come together,
 * and never two requests at a time. What is not on the screen is read when it is shown.
 */
export class ScreenRefresh {
  private readonly stale = new Map<string, StateKey>();
  private readonly shownSoon = new Map<string, StateKey>();
  /** Until when a name counts as on the screen, which will be there soon. */
  private readonly expectedUntil = new Map<string, number>();
  private last: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  constructor(
    private readonly api: Api,
    private readonly queries: QueryClient,
  ) {}

  /**
   * Resolves when the names and all that they cover have been read again. Those in `shownSoon` are read in any case, and for
   * the next seconds as if they were on the screen: an event that comes before they are would have each ask by itself.
   */
  refresh(stale: readonly StateKey[], shownSoon: readonly StateKey[] = []): Promise<void> {
    for (const key of stale) this.stale.set(key.join(" "), key);
    for (const key of shownSoon) {
      this.shownSoon.set(key.join(" "), key);
      this.expectedUntil.set(key.join(" "), Date.now() + EXPECTED_MS);
    }
    this.next ??= this.last.then(pause).then(() => {
      this.next = null;
      return (this.last = this.readAgain());
    });
    return this.next;
  }

  /** Reads again what is on the screen and older than its `staleTime`. */
  refreshStale(): Promise<void> {
    const stale = this.queries.getQueryCache().findAll({ type: "active", stale: true });
    return stale.length === 0 ? Promise.resolve() : this.refresh(stale.map((query) => query.queryKey as StateKey));
  }

  private async readAgain(): Promise<void> {
    const wanted = new Map<string, Wanted>();
    const others: QueryKey[] = [];
    const want = (key: QueryKey, isShown: boolean) => {
      const part = isShown ? partOf(key) : undefined;
      if (part) wanted.set(key.join(" "), { key, part });
      else others.push(key);
    };
    this.found().forEach((query) => want(query.queryKey, query.isActive() || this.isExpected(query.queryKey)));
    this.shownSoon.forEach((key) => want(key, true));
    this.stale.clear();
    this.shownSoon.clear();
    const [sessionId] = [...wanted.values()].filter(({ part }) => OF_SESSION.has(part)).map(({ key }) => String(key[1]));
    const ofScreen = [...wanted.values()].filter(({ key, part }) => !OF_SESSION.has(part) || key[1] === sessionId);
    const apart = [...others, ...[...wanted.values()].filter((one) => !ofScreen.includes(one)).map(({ key }) => key)];
    await Promise.all([this.invalidate(apart), this.readParts(ofScreen, sessionId)]);
  }

  private isExpected(key: QueryKey): boolean {
    return Date.now() < (this.expectedUntil.get(key.join(" ")) ?? 0);
  }

  private found(): Query[] {
    const cache = this.queries.getQueryCache();
    const found = [...this.stale.values()].flatMap((queryKey) => cache.findAll({ queryKey }));
    return [...new Set(found)];
  }

  private async readParts(wanted: Wanted[], sessionId: string | undefined): Promise<void> {
    if (wanted.length === 0) return;
    await this.answersUnderWay(wanted); // What they bring may be older than the change.
    const before = new Map(wanted.map(({ key }) => [key, this.updatesOf(key)]));
    let answer: Refresh;
    try {
      const query = { parts: wanted.map(({ part }) => part).join(","), limit: this.limit(wanted), ...(sessionId && { session_id: sessionId }) };
      answer = await answerOf(this.api.GET("/refresh", { params: { query } }));
    } catch {
      await this.invalidate(wanted.map(({ key }) => key)); // Each reports its own error, and tries again as it does.
      return;
    }
    const left = wanted.filter(({ key, part }) => {
      const isNewer = this.updatesOf(key) !== before.get(key); // Than this answer. Not by the time: clocks are set back.
      return !isNewer && !this.put(key, part, answer);
    });
    await this.invalidate(left.map(({ key }) => key));
  }

  private updatesOf(key: QueryKey): number {
    return this.queries.getQueryState(key)?.dataUpdateCount ?? 0;
  }

  private async answersUnderWay(wanted: Wanted[]): Promise<void> {
    const underWay = wanted.map(({ key }) => this.queries.getQueryCache().find({ queryKey: key }));
    // One that has failed and waits to be tried again may wait long, and brings what is newer than the change.
    const fetching = underWay.filter((query) => query?.state.fetchStatus === "fetching" && query.state.fetchFailureCount === 0);
    await Promise.allSettled(fetching.map((query) => Promise.resolve(query?.promise)));
  }

  /** Puts a part where its query looks for it. Returns false when the query has to ask by itself. */
  private put(key: QueryKey, part: Part, answer: Refresh): boolean {
    const content = answer[part];
    if (content === null) return false;
    if (part === "session") this.queries.setQueryData(key, content);
    else if (part === "turns") return this.putTurns(key, answer.turns);
    else if (OF_SESSION.has(part)) this.queries.setQueryData(key, (content as { items: unknown[] }).items);
    else this.queries.setQueryData<InfiniteData<unknown, string>>(key, { pages: [content], pageParams: [""] });
    return true;
  }

  private putTurns(key: QueryKey, turns: Refresh["turns"]): boolean {
    if (turns?.next_cursor !== null) return false; // Very long sessions are read page by page.
    this.queries.setQueryData<Turn[]>(key, turns.items);
    return true;
  }

  /** As many items as the longest list on the screen has, so that no row goes away. */
  private limit(wanted: Wanted[]): number {
    const counts = wanted.map(({ key }) => {
      const data = this.queries.getQueryData<Partial<InfiniteData<{ items?: unknown[] }>>>(key);
      return data?.pages?.reduce((sum, page) => sum + (page.items?.length ?? 0), 0) ?? 0;
    });
    return Math.min(LARGEST_PAGE, Math.max(PAGE, Math.ceil(Math.max(...counts) / PAGE) * PAGE));
  }

  private async invalidate(stale: QueryKey[]): Promise<void> {
    const again = { cancelRefetch: false };
    await Promise.all(stale.map((queryKey) => this.queries.invalidateQueries({ queryKey, exact: true }, again)));
  }
}

function partOf(key: QueryKey): Part | undefined {
  const part = PARTS[String(key[0])];
  return part && key.length === (OF_SESSION.has(part) ? 2 : 1) ? part : undefined;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, BATCH_MS));

const ofPage = new WeakMap<QueryClient, ScreenRefresh>();

/** Refreshes what is stale when the reader returns to the page or to the network. Returns how to stop that. */
export function refreshOnReturn(refresher: ScreenRefresh): () => void {
  const onReturn = (isBack: boolean) => void (isBack && refresher.refreshStale());
  const stopFocus = focusManager.subscribe(onReturn);
  const stopOnline = onlineManager.subscribe(onReturn);
  return () => {
    stopFocus();
    stopOnline();
  };
}

/** Returns the page's one `ScreenRefresh`. */
export function screenRefresh(api: Api, queries: QueryClient): ScreenRefresh {
  let found = ofPage.get(queries);
  if (!found) ofPage.set(queries, (found = new ScreenRefresh(api, queries)));
  return found;
}
