import type { useTurns } from "@/features/sessions/api/queries";
import type { Outgoing } from "@/features/sessions/timeline/outgoing-message";
import { Timeline } from "@/features/sessions/timeline/timeline";
import type { HandoffEvent, Session } from "@/shared/api/types";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./session-view.module.css";

interface Props {
  session: Session;
  turns: ReturnType<typeof useTurns>;
  /** The events of the session's handoffs. */
  history: HandoffEvent[];
  /** A message that the API has not answered yet. */
  outgoing: Outgoing | null;
  /** Set where the assistant could not answer the last message. */
  onAskAgain: (() => void) | null;
}

/** The session's turns, or why they are not there yet. */
export function Conversation({ session, turns, history, outgoing, onAskAgain }: Props) {
  return (
    // Without a mouse, only what has the focus can be scrolled.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label="Conversation" tabIndex={0} className={classes.middle} data-scroller>
      {turns.isError && !turns.data?.length && (
        <div className={classes.problem}>
          <ProblemNote error={turns.error} onRetry={() => void turns.refetch()} />
        </div>
      )}
      {turns.isPending && (
        <div className={classes.problem}>
          <SkeletonLines widths={["medium", "full", "long", "medium"]} />
        </div>
      )}
      {turns.data && (
        <Timeline session={session} turns={turns.data} history={history} outgoing={outgoing} onAskAgain={onAskAgain} />
      )}
    </section>
  );
}
