import { currentHandoff, useHandoffs } from "@/features/handoffs/api/queries";
import { useSession, useTurns } from "@/features/sessions/api/queries";
import { useMe } from "@/shared/api/me";
import { Problem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/problem-note";

import { SessionAbsent } from "./session-absent";
import { SessionLoading } from "./session-loading";
import classes from "./session-view.module.css";
import { SessionWorkspace } from "./session-workspace";

/** Loads a session with its turns and handoffs. Shows a placeholder meanwhile, and the reason when it cannot be read. */
export function SessionView({ sessionId, onLeave }: { sessionId: string; onLeave: () => void }) {
  const me = useMe();
  const session = useSession(sessionId, true);
  const handoffs = useHandoffs(sessionId);
  const holds = session.data?.holder?.id === me.id;
  const turns = useTurns(sessionId, { enabled: session.data !== undefined, readAlong: !holds });

  const isAbsent = session.error instanceof Problem && session.error.status === 404;
  if (isAbsent) return <SessionAbsent sessionId={sessionId} handoff={handoffs.data?.[0]} />;
  if (session.isPending) return <SessionLoading />;
  if (session.data === undefined) {
    return (
      <div className={classes.problem}>
        <ProblemNote error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  return (
    <SessionWorkspace
      me={me}
      session={session.data}
      turns={turns}
      handoff={currentHandoff(handoffs.data)}
      onLeave={onLeave}
    />
  );
}
