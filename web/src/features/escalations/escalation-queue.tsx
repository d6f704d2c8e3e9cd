import { IconCup } from "@tabler/icons-react";

import { useEscalations } from "@/features/escalations/api/queries";
import { Announcer } from "@/shared/ui/announcer";
import { Empty } from "@/shared/ui/empty";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./escalation-queue.module.css";
import { EscalationRow } from "./escalation-row";

/** The escalation queue. */
export function EscalationQueue() {
  const queue = useEscalations();
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const more = queue.hasNextPage ? "+" : "";

  return (
    <section aria-labelledby="queue" className={classes.queue}>
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
        <p className={classes.words}>Waiting for a senior, most urgent first</p>
      </header>
      {queue.isError && <ProblemNote error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.isPending && <LoadingRows />}
      {queue.isSuccess && items.length === 0 && !queue.hasNextPage && (
        <Empty icon={<IconCup size={24} aria-hidden="true" />} title="Nobody is waiting">
          <p>Every escalation has been picked up. New ones appear here by themselves.</p>
        </Empty>
      )}
      {items.length > 0 && (
        <ol className={classes.rows}>
          {items.map((item) => (
            <li key={item.handoff_id}>
              <EscalationRow item={item} />
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
