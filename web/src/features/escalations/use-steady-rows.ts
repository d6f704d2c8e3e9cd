import { useState } from "react";

import type { QueueItem } from "@/shared/api/types";

export interface SteadyRow {
  item: QueueItem;
  /** It has left the queue, and stays in its place until the pointer leaves the list. */
  isGone: boolean;
}

/**
 * Keeps the rows in their places while the mouse is over the list, so that no row moves under the pointer. New rows wait
 * until it leaves; `held` is their number.
 */
export function useSteadyRows(items: QueueItem[]) {
  const [kept, setKept] = useState<QueueItem[] | null>(null);
  const hold = (event: { pointerType: string }) => {
    if (event.pointerType === "mouse") setKept(items);
  };
  const release = () => setKept(null);
  if (kept === null) return { rows: items.map((item) => ({ item, isGone: false })), held: 0, hold, release };

  const current = new Map(items.map((item) => [item.handoff_id, item]));
  const places = new Set(kept.map((item) => item.handoff_id));
  const rows: SteadyRow[] = kept.map((item) => ({
    item: current.get(item.handoff_id) ?? item,
    isGone: !current.has(item.handoff_id),
  }));
  return { rows, held: items.filter((item) => !places.has(item.handoff_id)).length, hold, release };
}
