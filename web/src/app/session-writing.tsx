import { useLocation } from "react-router";

import { SuggestionChips } from "@/features/handoffs/assessment/suggestion-chips";
import { SessionStatusNote } from "@/features/handoffs/status/session-status-note";
import { useAddNote, useRecordStep, type useSendMessage } from "@/features/sessions/api/mutations";
import { Composer } from "@/features/sessions/composer/composer";
import { ReaderNote } from "@/features/sessions/composer/reader-note";
import { UnsentText } from "@/features/sessions/composer/unsent-text";
import { useComposer } from "@/features/sessions/composer/use-composer";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session, Step } from "@/shared/api/types";

import { focusesMessage } from "./focus-message";
import classes from "./session-view.module.css";

interface Props {
  me: Me;
  session: Session;
  handoff: Handoff | undefined;
  steps: Step[];
  /** Whether the reader holds the session. */
  writes: boolean;
  sendMutation: ReturnType<typeof useSendMessage>;
  isSending: boolean;
  isAiOff: boolean;
  /** Set where the reader may reopen the session. */
  onReopen: (() => void) | null;
}

/**
 * What is below the conversation: the composer, or for who does not hold the session what became of it. It alone is rendered at
 * each key that is typed.
 */
export function SessionWriting({ me, session, handoff, steps, writes, sendMutation, isSending, isAiOff, onReopen }: Props) {
  const location = useLocation();
  const composer = useComposer(session.id);
  const recordMutation = useRecordStep(session.id, composer.recorded);
  const noteMutation = useAddNote(session.id, composer.noted);
  if (writes) {
    return (
      <Composer
        session={session}
        composer={composer}
        focuses={focusesMessage(location.state)}
        sendMutation={sendMutation}
        isSending={isSending}
        isAiOff={isAiOff}
        recordMutation={recordMutation}
        noteMutation={noteMutation}
        suggestions={
          <div className={classes.chips}>
            <SuggestionChips handoff={handoff} tried={steps.map((step) => step.action)} onPick={composer.suggest} />
          </div>
        }
      />
    );
  }
  const notes = session.status !== "resolved" && isAtLeast(me, "engineer");
  return (
    <div className={classes.status}>
      <UnsentText draft={composer.draft} />
      {notes && <ReaderNote composer={composer} noteMutation={noteMutation} />}
      <SessionStatusNote session={session} handoff={handoff} me={me} onReopen={onReopen} />
    </div>
  );
}
