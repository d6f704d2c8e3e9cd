import { useHandedOff } from "@/features/sessions/api/queries";
import { useMe } from "@/shared/api/me";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";

import { HandedOffRow } from "./handed-off-row";
import classes from "./handed-off.module.css";
import { isInOtherHands } from "./handed-off-state";

/** How many of those that have ended, or come back, are shown at first. */
const RECENT = 5;

/** The sessions that the reader handed off: those that wait or are worked on by others, then the recent ones. */
export function HandedOff() {
  const me = useMe();
  const list = useHandedOff();
  const loaded = list.data?.pages.flatMap((page) => page.items) ?? [];
  const items = [...new Map(loaded.map((item) => [item.id, item])).values()];
  const current = items.filter((item) => isInOtherHands(item, me.id));
  const recent = items.filter((item) => !current.includes(item)).slice(0, RECENT * (list.data?.pages.length ?? 1));
  if (items.length === 0 && !list.isError) return null;

  return (
    <section aria-labelledby="handed-off" className={classes.section}>
      <h2 id="handed-off" className={classes.title}>
        Handed off by you
      </h2>
      {list.isError && items.length === 0 && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      <ol className={classes.rows} hidden={current.length === 0}>
        {current.map((item) => (
          <li key={item.id}>
            <HandedOffRow item={item} meId={me.id} />
          </li>
        ))}
      </ol>
      {recent.length > 0 && (
        <>
          <h3 className={classes.recent}>Recent</h3>
          <ol className={classes.rows}>
            {recent.map((item) => (
              <li key={item.id}>
                <HandedOffRow item={item} meId={me.id} />
              </li>
            ))}
          </ol>
        </>
      )}
      {list.hasNextPage && <MoreButton list={list}>Show older</MoreButton>}
    </section>
  );
}
