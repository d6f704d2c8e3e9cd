import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import { useClaim } from "@/features/handoffs/api/mutations";
import { DirectedTo } from "@/shared/ui/directed-to";
import { directionOf } from "@/shared/ui/direction";
import { HolderActions } from "@/features/handoffs/holder/holder-actions";
import { HandoffPriority } from "@/features/handoffs/priority/handoff-priority";
import { TakeBack } from "@/features/handoffs/withdraw/take-back";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { useNow } from "@/shared/ui/clock";
import { confirm } from "@/shared/ui/confirmation-store";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./session-status-note.module.css";

interface Props {
  session: Session;
  handoff: Handoff | undefined;
  me: Me;
  /** Null for those who may not reopen it. */
  onReopen: (() => void) | null;
}

/** Shown instead of the composer to those who may not write: the session's status, and how to get it back. */
export function SessionStatusNote({ session, handoff, me, onReopen }: Props) {
  if (session.status === "resolved") return <Resolved session={session} onReopen={onReopen} />;
  if (session.status === "escalated" && handoff) return <Waiting session={session} handoff={handoff} me={me} />;
  if (session.status === "parked" && handoff) return <Parked handoff={handoff} mayResume={isAtLeast(me, "engineer")} />;
  if (session.holder && session.holder.id !== me.id) {
    return (
      <Note
        button={
          isAtLeast(me, "admin") && <HolderActions sessionId={session.id} holder={session.holder} handoff={handoff} />
        }
      >
        <UserText>{session.holder.name}</UserText> works on this session now. You can read along.
      </Note>
    );
  }
  return null;
}

function Resolved({ session, onReopen }: Pick<Props, "session" | "onReopen">) {
  const reopenedAt = session.ticket_reopened_at;
  const button = onReopen && (
    <Button variant={reopenedAt ? "filled" : "default"} size="xs" onClick={onReopen}>
      Reopen
    </Button>
  );
  if (reopenedAt) {
    return (
      <Note button={button}>
        The ticket was reopened <Age at={reopenedAt} suffix />. This session is still resolved{onReopen && "; reopen it to work on it"}.
      </Note>
    );
  }
  if (!onReopen) return <Note>This session is resolved. Start a new one if it comes back.</Note>;
  return <Note button={button}>This session is resolved. If the problem comes back, reopen it.</Note>;
}

function Waiting({ session, handoff, me }: { session: Session; handoff: Handoff; me: Me }) {
  const mayTakeBack = [handoff.from.id, session.owner.id].includes(me.id);
  const direction = directionOf(handoff, useNow());
  return (
    <Note button={mayTakeBack && <TakeBack handoff={handoff} size="xs" />}>
      {direction ? <DirectedTo {...direction} /> : "Waiting for a senior"} · <Age at={handoff.created_at} suffix /> · <HandoffPriority handoff={handoff} ownerId={session.owner.id} />
    </Note>
  );
}

function Parked({ handoff, mayResume }: { handoff: Handoff; mayResume: boolean }) {
  const claimMutation = useClaim(() => confirm("Resumed. The session is yours."));
  return (
    <Note
      error={claimMutation.error}
      button={
        mayResume && (
          <Button size="xs" loading={claimMutation.isPending} onClick={() => claimMutation.mutate(handoff)}>
            Resume
          </Button>
        )
      }
    >
      Parked <Age at={handoff.created_at} suffix />
    </Note>
  );
}

function Note({ children, button, error }: { children: ReactNode; button?: ReactNode; error?: Error | null }) {
  return (
    <div className={classes.status}>
      {error && <ProblemNote error={error} />}
      <div className={classes.note}>
        <div className={classes.words}>{children}</div>
        {button}
      </div>
    </div>
  );
}
