import { useNavigate } from "react-router";

import { ContextSheet } from "@/features/handoffs/context/context-sheet";
import { HandOffDialog } from "@/features/handoffs/hand-off/hand-off-dialog";
import { ReleaseDialog } from "@/features/handoffs/release/release-dialog";
import { ResolveDialog } from "@/features/sessions/resolve/resolve-dialog";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session, Step } from "@/shared/api/types";

export type Opened = "context" | "handoff" | "resolve" | "release" | null;

interface Props {
  me: Me;
  session: Session;
  steps: Step[];
  handoff: Handoff | undefined;
  opened: Opened;
  onClose: () => void;
}

/** The dialogs of a session. */
export function SessionDialogs({ me, session, steps, handoff, opened, onClose }: Props) {
  const navigate = useNavigate();
  const hasAssessment = handoff?.status === "claimed" && handoff.assessment_status === "ready";
  return (
    <>
      <HandOffDialog session={session} steps={steps} opened={opened === "handoff"} onClose={onClose} />
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
          <ReleaseDialog
            handoff={handoff}
            opened={opened === "release"}
            onClose={onClose}
            onReleased={() => void navigate("/")}
          />
        </>
      )}
    </>
  );
}
