import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import { useClaim, useWithdraw } from "@/features/handoffs/api/mutations";
import type { Handoff, Session } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { confirm } from "@/shared/ui/confirmation-store";
import { PriorityBadge } from "@/shared/ui/priority-badge";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./session-status-note.module.css";

interface Props {
  session: Session;
  handoff: Handoff | undefined;
  meId: string;
}

/** Shown instead of the composer to those who may not write: the session's status, and how to get it back. */
export function SessionStatusNote({ session, handoff, meId }: Props) {
  if (session.status === "resolved") return <Note>This session is resolved. Start a new one if it comes back.</Note>;
  if (session.status === "escalated" && handoff) return <Waiting handoff={handoff} meId={meId} />;
  if (session.status === "parked" && handoff) return <Parked handoff={handoff} />;
  if (session.holder && session.holder.id !== meId) {
    return (
      <Note>
        <UserText>{session.holder.name}</UserText> works on this session now. You can read along.
      </Note>
    );
  }
  return null;
}

function Waiting({ handoff, meId }: { handoff: Handoff; meId: string }) {
  const withdrawMutation = useWithdraw(() => confirm("Taken back. The session is yours again."));
  const mayTakeBack = handoff.from.id === meId;
  return (
    <Note
      error={withdrawMutation.error}
      button={
        mayTakeBack && (
          <Button variant="default" size="xs" loading={withdrawMutation.isPending} onClick={() => withdrawMutation.mutate(handoff)}>
            Take back
          </Button>
        )
      }
    >
      Waiting for a senior · <Age at={handoff.created_at} suffix /> · <PriorityBadge priority={handoff.priority} />
    </Note>
  );
}

function Parked({ handoff }: { handoff: Handoff }) {
  const claimMutation = useClaim(() => confirm("Resumed. The session is yours."));
  return (
    <Note
      error={claimMutation.error}
      button={
        <Button size="xs" loading={claimMutation.isPending} onClick={() => claimMutation.mutate(handoff)}>
          Resume
        </Button>
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
        <p className={classes.words}>{children}</p>
        {button}
      </div>
    </div>
  );
}
