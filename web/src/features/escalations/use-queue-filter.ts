import { useEffect } from "react";
import { useSearchParams } from "react-router";

import { useMe } from "@/shared/api/me";
import type { QueueItem } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";

import { keepQueueAddress } from "./queue-address";
import { readFilter, filterWords, passes, type QueueFilter, withFilter } from "./queue-filter";

/** So many pages are searched by themselves. */
const MOST_PAGES = 40;

interface Pages {
  data: { pages: unknown[] } | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/**
 * Filters the queue by the page's address, so that the filter survives a reload and Back. While there is one, all pages of
 * the queue are loaded: only then "no matches" is true.
 */
export function useQueueFilter(queue: Pages, items: QueueItem[]) {
  const [params, setParams] = useSearchParams();
  const me = useMe();
  const now = useNow();
  const filter = readFilter(params);
  const words = filterWords(filter);
  const isOn = words.length > 0;

  const search = params.toString();
  useEffect(() => keepQueueAddress(search), [search]);

  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage, data } = queue;
  const isSearching = isOn && hasNextPage && !isError && (data?.pages.length ?? 0) < MOST_PAGES;
  useEffect(() => {
    if (isSearching && !isFetchingNextPage) void fetchNextPage();
  }, [isSearching, isFetchingNextPage, fetchNextPage]);

  const setFilter = (next: QueueFilter) => setParams((before) => withFilter(before, next), { replace: true });
  const shown = isOn ? items.filter((item) => passes(item, filter, me.id, now)) : items;
  return { filter, setFilter, shown, words, isOn, isSearching, hidden: items.length - shown.length };
}
