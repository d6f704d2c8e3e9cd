import type { ReactNode } from "react";

import { hasAssessment } from "@/features/handoffs/assessment/has-assessment";
import { ContextSheet } from "@/features/handoffs/context/context-sheet";
import { HandOffDialog } from "@/features/handoffs/hand-off/hand-off-dialog";
import { WaitDialog } from "@/features/handoffs/idle/wait-dialog";
import { ReassignDialog } from "@/features/handoffs/reassign/reassign-dialog";
import { ReleaseDialog } from "@/features/handoffs/release/release-dialog";
import { EditSessionDialog } from "@/features/sessions/correct/edit-session-dialog";
import { ReopenDialog } from "@/features/sessions/reopen/reopen-dialog";
import { ResolveDialog } from "@/features/sessions/resolve/resolve-dialog";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session } from "@/shared/api/types";

import { HandoffSheet } from "./handoff-sheet";

export const SESSION_OVERLAYS = ["context", "rail", "handoff", "resolve", "release", "reassign", "wait", "edit", "reopen"] as const;
export type SessionOverlay = (typeof SESSION_OVERLAYS)[number];

interface Props {
  me: Me;
  session: Session;
  handoff: Handoff | undefined;
  opened: SessionOverlay | null;
  onClose: () => void;
  /** Called when the reader may no longer read the session. */
  onLeave: () => void;
  /** What the panel keeps of the handoff, for small screens. */
  rail: ReactNode;
}

/** The dialogs of a session. */
export function SessionDialogs({ me, session, handoff, opened, onClose, onLeave, rail }: Props) {
  // An owner reads on; anybody else loses the session with it.
  const letGo = session.owner.id === me.id ? onClose : onLeave;
  const mayJudge = handoff?.status === "claimed" && hasAssessment(handoff);
  return (
    <>
      <HandOffDialog
        session={session}
        sender={me}
        opened={opened === "handoff"}
        onClose={onClose}
        onHandedOff={letGo}
      />
      <ResolveDialog
        session={session}
        opened={opened === "resolve"}
        onClose={onClose}
        hasAssessment={mayJudge}
      />
      <ReopenDialog session={session} opened={opened === "reopen"} onClose={onClose} />
      <EditSessionDialog session={session} opened={opened === "edit"} onClose={onClose} />
      {handoff && (
        <>
          <ContextSheet
            handoff={handoff}
            opened={opened === "context"}
            onClose={onClose}
            mayAskAgain={isAtLeast(me, "engineer")}
          />
          <HandoffSheet opened={opened === "rail"} onClose={onClose}>
            {rail}
          </HandoffSheet>
          <ReleaseDialog
            handoff={handoff}
            holder={null}
            opened={opened === "release"}
            onClose={onClose}
            onReleased={letGo}
          />
          <WaitDialog handoff={handoff} opened={opened === "wait"} onClose={onClose} />
          <ReassignDialog
            handoff={handoff}
            holder={null}
            opened={opened === "reassign"}
            onClose={onClose}
            onReassigned={letGo}
          />
        </>
      )}
    </>
  );
}
