import { useRef } from "react";

import { useEscalations } from "@/features/escalations/api/queries";
import type { SessionItem } from "@/shared/api/types";
import { Announcer } from "@/shared/ui/announcer";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./escalation-queue.module.css";
import { EscalationRow } from "./escalation-row";
import { NobodyWaits } from "./nobody-waits";
import { useQueuePlace } from "./use-queue-place";
import { useRowKeys } from "./use-row-keys";
import { useSteadyRows } from "./use-steady-rows";

/** The escalation queue. `own` are the reader's escalations that wait, which the queue leaves out. */
export function EscalationQueue({ own }: { own: SessionItem[] }) {
  const queue = useEscalations();
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const more = queue.hasNextPage ? "+" : "";
  const list = useRef<HTMLElement>(null);
  const { rows, held, hold, release } = useSteadyRows(items);
  const keepPlace = useQueuePlace(list, items.length > 0);
  useRowKeys(list);

  return (
    <section ref={list} aria-labelledby="queue" className={classes.queue}>
      <header className={classes.head}>
        <h1 id="queue" className={classes.title}>
          Escalations
        </h1>
        {queue.isSuccess && items.length > 0 && (
          <span className={classes.count} aria-hidden="true">
            {items.length}
            {more}
          </span>
        )}
        {held > 0 && (
          <span className={classes.held} title="Shown when the pointer leaves the list">
            {held} new
          </span>
        )}
        <p className={classes.words}>Waiting for a senior, most urgent first{rows.length > 0 && ownText(own.length)}</p>
      </header>
      {queue.isError && <ProblemNote error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.isPending && <LoadingRows />}
      {queue.isSuccess && rows.length === 0 && !queue.hasNextPage && (
        <NobodyWaits own={own} />
      )}
      {rows.length > 0 && (
        // The handlers watch clicks on the links inside and the pointer above them.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
        <ol className={classes.rows} onClick={keepPlace} onPointerEnter={hold} onPointerLeave={release}>
          {rows.map(({ item, isGone }) => (
            <li key={item.handoff_id}>
              <EscalationRow item={item} isGone={isGone} />
            </li>
          ))}
        </ol>
      )}
      {queue.hasNextPage && (
        <MoreButton list={queue}>Show more</MoreButton>
      )}
      <Announcer message={queue.isSuccess ? waitingText(items.length, more) : ""} />
    </section>
  );
}

const ownText = (count: number) => (count === 0 ? "" : ` · ${count} of your own apart from these`);

const waitingText = (count: number, more: string) =>
  count === 1 ? "1 escalation is waiting." : `${count}${more} escalations are waiting.`;

function LoadingRows() {
  return (
    <div className={classes.loading} role="status" aria-label="Loading escalations">
      {Array.from({ length: 4 }, (_, index) => (
        <SkeletonLines key={index} widths={["long", "medium"]} />
      ))}
    </div>
  );
}
