import { type ReactNode, useRef } from "react";

import { useEscalations } from "@/features/escalations/api/queries";
import { isSenior, useMe } from "@/shared/api/me";
import { Announcer } from "@/shared/ui/announcer";
import { waitingCount } from "@/shared/ui/count-text";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./escalation-queue.module.css";
import { EscalationRow } from "./escalation-row";
import { FilteredNote } from "./filtered-note";
import { NobodyWaits } from "./nobody-waits";
import { NO_FILTER, type QueueFilter } from "./queue-filter";
import { QueueFilters } from "./queue-filters";
import { useQueueFilter } from "./use-queue-filter";
import { useQueuePlace } from "./use-queue-place";
import { useRowKeys } from "./use-row-keys";
import { useSteadyRows } from "./use-steady-rows";

/** The escalation queue. `firstSteps` are shown in place of an empty one in an account that never had an escalation. */
export function EscalationQueue({ firstSteps = null }: { firstSteps?: ReactNode }) {
  const queue = useEscalations();
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const { total, own, has_history: hasHistory } = queue.data?.pages[0] ?? NOTHING;
  const list = useRef<HTMLElement>(null);
  const me = useMe();
  const { filter, setFilter, shown, words, isOn, isSearching, hidden } = useQueueFilter(queue, items);
  const { rows, held, hold, release } = useSteadyRows(shown);
  const keepPlace = useQueuePlace(list, shown.length > 0);
  const change = (next: QueueFilter) => {
    release(); // Rows that are kept in place under the pointer are those of the filter before.
    setFilter(next);
  };
  useRowKeys(list);

  return (
    <section ref={list} aria-labelledby="queue" className={classes.queue}>
      <header className={classes.head}>
        <h1 id="queue" className={classes.title}>
          Escalations
        </h1>
        {total > 0 && (
          <span className={classes.count} aria-hidden="true">
            {waitingCount(total)}
          </span>
        )}
        {held > 0 && (
          <span className={classes.held} title="Shown when the pointer leaves the list">
            {held} new
          </span>
        )}
        <p className={classes.words}>
          Waiting for a senior, most urgent first{rows.length > 0 && ownText(own.length)}
          {!isSenior(me) && " · You can read them; a senior picks them up"}
        </p>
      </header>
      {(items.length > 0 || isOn) && <QueueFilters items={items} filter={filter} onChange={change} canBeNamed={isSenior(me)} />}
      {isOn && items.length > 0 && (
        <FilteredNote words={words} shown={shown.length} hidden={hidden} isSearching={isSearching} onClear={() => change(NO_FILTER)} />
      )}
      {queue.isError && <ProblemNote error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.isPending && <LoadingRows />}
      {queue.isSuccess && items.length === 0 && rows.length === 0 && !queue.hasNextPage && (hasHistory ? <NobodyWaits own={own.length} /> : firstSteps)}
      {rows.length > 0 && (
        // The handlers watch clicks on the links inside and the pointer above them.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
        <ol className={classes.rows} onClick={keepPlace} onPointerEnter={hold} onPointerLeave={release}>
          {rows.map(({ item, isGone }) => (
            <li key={item.handoff_id}>
              <EscalationRow item={item} isGone={isGone} meId={me.id} />
            </li>
          ))}
        </ol>
      )}
      {queue.hasNextPage && !isSearching && (
        <MoreButton list={queue}>Show more</MoreButton>
      )}
      <Announcer message={queue.isSuccess ? (isOn ? `${shown.length} of ${items.length} escalations match.` : waitingText(total)) : ""} />
    </section>
  );
}

const NOTHING = { total: 0, own: [], has_history: true };

const ownText = (count: number) => (count === 0 ? "" : ` · ${count} of your own apart from these`);

const waitingText = (total: number) =>
  total === 1 ? "1 escalation is waiting." : `${waitingCount(total)} escalations are waiting.`;

function LoadingRows() {
  return (
    <div className={classes.loading} role="status" aria-label="Loading escalations">
      {Array.from({ length: 4 }, (_, index) => (
        <SkeletonLines key={index} widths={["long", "medium"]} />
      ))}
    </div>
  );
}
