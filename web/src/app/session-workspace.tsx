import { useLocation } from "react-router";

import { SuggestionChips } from "@/features/handoffs/assessment/suggestion-chips";
import { SessionStatusNote } from "@/features/handoffs/status/session-status-note";
import { TicketNoteFailed } from "@/features/handoffs/ticket-note/ticket-note-failed";
import { TicketNoteMark } from "@/features/handoffs/ticket-note/ticket-note-mark";
import { useOutgoingMessage, useRecordStep, useSendMessage } from "@/features/sessions/api/mutations";
import type { useTurns } from "@/features/sessions/api/queries";
import { Composer } from "@/features/sessions/composer/composer";
import { UnsentText } from "@/features/sessions/composer/unsent-text";
import { useComposer } from "@/features/sessions/composer/use-composer";
import { useUnanswered } from "@/features/sessions/timeline/use-unanswered";
import { SessionSidePanel } from "@/features/sessions/overview/session-side-panel";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session, Step, Turn } from "@/shared/api/types";

import { Conversation } from "./conversation";
import { focusesMessage } from "./focus-message";
import { SESSION_OVERLAYS, SessionDialogs } from "./session-dialogs";
import { SessionToolbar } from "./session-toolbar";
import classes from "./session-view.module.css";
import { useOverlay } from "./use-overlay";
import { usePageTitle } from "./use-page-title";

interface Props {
  me: Me;
  session: Session;
  turns: ReturnType<typeof useTurns>;
  handoff: Handoff | undefined;
  /** Called when the reader has given the session away and may no longer read it. */
  onLeave: () => void;
}

const NONE: Turn[] = [];

/** A session to work on: toolbar, conversation, composer, side panel. */
export function SessionWorkspace({ me, session, turns, handoff, onLeave }: Props) {
  usePageTitle(session.title);
  const { opened, open, close } = useOverlay(SESSION_OVERLAYS);
  const location = useLocation();
  const composer = useComposer(session.id);
  const sendMutation = useSendMessage(session.id, { onSent: composer.sent, onNotSent: composer.notSent });
  const outgoing = useOutgoingMessage(session.id);
  const recordMutation = useRecordStep(session.id, composer.recorded);
  const writes = session.status === "active" && session.holder?.id === me.id && isAtLeast(me, "engineer");
  const list = turns.data ?? NONE;
  const unanswered = useUnanswered(list, sendMutation.data?.reply_status === "unavailable");
  const askAgain = (text: string) => sendMutation.mutate({ text, epoch: session.epoch });
  const steps = list.filter((turn): turn is Step => turn.kind === "step");

  return (
    <div className={classes.workspace}>
      <SessionToolbar session={session} handoff={handoff} writes={writes} meId={me.id} onOpen={open} />
      <Conversation
        session={session}
        turns={turns}
        outgoing={outgoing}
        onAskAgain={writes && outgoing === null && unanswered ? () => askAgain(unanswered.text) : null}
      />
      <div>
        {handoff && (
          <div className={classes.notice}>
            <TicketNoteFailed handoff={handoff} mayRetry={isAtLeast(me, "engineer")} />
          </div>
        )}
        {writes ? (
          <Composer
            session={session}
            composer={composer}
            focuses={focusesMessage(location.state)}
            sendMutation={sendMutation}
            isSending={outgoing !== null}
            recordMutation={recordMutation}
            suggestions={
              <SuggestionChips
                handoff={handoff}
                tried={steps.map((step) => step.action)}
                onPick={(text) => composer.suggest(text)}
              />
            }
          />
        ) : (
          <div className={classes.status}>
            <UnsentText draft={composer.draft} />
            <SessionStatusNote session={session} handoff={handoff} meId={me.id} />
          </div>
        )}
      </div>
      <SessionSidePanel session={session} steps={steps} ticketNote={handoff && <TicketNoteMark handoff={handoff} />} />
      <SessionDialogs
        me={me}
        session={session}
        handoff={handoff}
        opened={opened}
        onClose={close}
        onLeave={onLeave}
      />
    </div>
  );
}
