import { ContextSheet } from "@/features/handoffs/context/context-sheet";
import { HandOffDialog } from "@/features/handoffs/hand-off/hand-off-dialog";
import { ReleaseDialog } from "@/features/handoffs/release/release-dialog";
import { ResolveDialog } from "@/features/sessions/resolve/resolve-dialog";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session } from "@/shared/api/types";

export const SESSION_OVERLAYS = ["context", "handoff", "resolve", "release"] as const;
export type SessionOverlay = (typeof SESSION_OVERLAYS)[number];

interface Props {
  me: Me;
  session: Session;
  handoff: Handoff | undefined;
  opened: SessionOverlay | null;
  onClose: () => void;
  /** Called when the reader may no longer read the session. */
  onLeave: () => void;
}

/** The dialogs of a session. */
export function SessionDialogs({ me, session, handoff, opened, onClose, onLeave }: Props) {
  // An owner reads on; anybody else loses the session with it.
  const letGo = session.owner.id === me.id ? onClose : onLeave;
  const hasAssessment = handoff?.status === "claimed" && handoff.assessment_status === "ready";
  return (
    <>
      <HandOffDialog
        session={session}
        opened={opened === "handoff"}
        onClose={onClose}
        onHandedOff={letGo}
      />
      <ResolveDialog
        session={session}
        opened={opened === "resolve"}
        onClose={onClose}
        hasAssessment={hasAssessment}
      />
      {handoff && (
        <>
          <ContextSheet
            handoff={handoff}
            opened={opened === "context"}
            onClose={onClose}
            mayAskAgain={isAtLeast(me, "engineer")}
          />
          <ReleaseDialog handoff={handoff} opened={opened === "release"} onClose={onClose} onReleased={letGo} />
        </>
      )}
    </>
  );
}
