import { useLocation } from "react-router";

import { SuggestionChips } from "@/features/handoffs/assessment/suggestion-chips";
import { IdleQuestion } from "@/features/handoffs/idle/idle-question";
import { HandoffRail } from "@/features/handoffs/rail/handoff-rail";
import { OverdueWarning } from "@/features/handoffs/status/overdue-warning";
import { SessionStatusNote } from "@/features/handoffs/status/session-status-note";
import { TicketNoteFailed } from "@/features/handoffs/ticket-note/ticket-note-failed";
import { TicketNoteMark } from "@/features/handoffs/ticket-note/ticket-note-mark";
import { useAddNote, useOutgoingMessage, useRecordStep, useSendMessage } from "@/features/sessions/api/mutations";
import { useHistory, type useTurns } from "@/features/sessions/api/queries";
import { Composer } from "@/features/sessions/composer/composer";
import { ReaderNote } from "@/features/sessions/composer/reader-note";
import { UnsentText } from "@/features/sessions/composer/unsent-text";
import { useComposer } from "@/features/sessions/composer/use-composer";
import { useUnanswered } from "@/features/sessions/timeline/use-unanswered";
import { mayReopen } from "@/features/sessions/reopen/may-reopen";
import { SessionSidePanel } from "@/features/sessions/overview/session-side-panel";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, HandoffEvent, Me, Session, Step, Turn } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";

import { Conversation } from "./conversation";
import { focusesMessage } from "./focus-message";
import { SESSION_OVERLAYS, SessionDialogs } from "./session-dialogs";
import { SessionToolbar } from "./session-toolbar";
import classes from "./session-view.module.css";
import { useOverlay } from "./use-overlay";
import { usePageTitle } from "./use-page-title";
import { useSuggestionRecorder } from "./use-suggestion-recorder";

interface Props {
  me: Me;
  session: Session;
  turns: ReturnType<typeof useTurns>;
  handoff: Handoff | undefined;
  /** Called when the reader has given the session away and may no longer read it. */
  onLeave: () => void;
}

const NONE: Turn[] = [];
const NO_EVENTS: HandoffEvent[] = [];

/** A session to work on: toolbar, conversation, composer, side panel. */
export function SessionWorkspace({ me, session, turns, handoff, onLeave }: Props) {
  usePageTitle(session.title);
  const { opened, open, close } = useOverlay(SESSION_OVERLAYS);
  const location = useLocation();
  const composer = useComposer(session.id);
  const history = useHistory(session.id, handoff !== undefined);
  const sendMutation = useSendMessage(session.id, { onSent: composer.sent, onNotSent: composer.notSent });
  const outgoing = useOutgoingMessage(session.id);
  const recordMutation = useRecordStep(session.id, composer.recorded);
  const noteMutation = useAddNote(session.id, composer.noted);
  const reopens = mayReopen(session, me, useNow());
  const writes = session.status === "active" && session.holder?.id === me.id && isAtLeast(me, "engineer");
  const corrects = writes || (session.holder === null && isAtLeast(me, "engineer"));
  const notes = session.status !== "resolved" && isAtLeast(me, "engineer");
  const list = turns.data ?? NONE;
  const unanswered = useUnanswered(list, sendMutation.data?.reply_status === "unavailable");
  const isAiOff = !session.is_ai_on || sendMutation.data?.reply_error === "off";
  const askAgain = (text: string) => sendMutation.mutate({ text, epoch: session.epoch });
  const recorder = useSuggestionRecorder(session, composer, close);
  const steps = list.filter((turn): turn is Step => turn.kind === "step");
  const ticketNoteFailed = (
    <TicketNoteFailed
      of={handoff ?? session}
      mayRetry={isAtLeast(me, "engineer")}
      onChangeTicket={corrects ? () => open("edit") : null}
    />
  );
  const rail = handoff && (
    <HandoffRail
      handoff={handoff}
      steps={steps}
      recorder={writes ? recorder : null}
      mayAskAgain={isAtLeast(me, "engineer")}
    />
  );

  return (
    <div className={classes.workspace}>
      <SessionToolbar
        session={session}
        handoff={handoff}
        writes={writes}
        corrects={corrects}
        reopens={reopens}
        meId={me.id}
        onOpen={open}
      />
      <Conversation
        session={session}
        turns={turns}
        history={history.data ?? NO_EVENTS}
        outgoing={outgoing}
        onAskAgain={writes && outgoing === null && unanswered && !isAiOff ? () => askAgain(unanswered.text) : null}
      />
      <div>
        {handoff && (
          <div className={classes.notice}>
            <IdleQuestion handoff={handoff} meId={me.id} onReturn={() => open("release")} />
            {[handoff.from.id, session.owner.id].includes(me.id) && (
              <OverdueWarning handoff={handoff} history={history.data ?? NO_EVENTS} />
            )}
            {ticketNoteFailed}
          </div>
        )}
        {!handoff && session.ticket_notes.status === "failed" && <div className={classes.notice}>{ticketNoteFailed}</div>}
        {writes ? (
          <Composer
            session={session}
            composer={composer}
            focuses={focusesMessage(location.state)}
            sendMutation={sendMutation}
            isSending={outgoing !== null}
            isAiOff={isAiOff}
            recordMutation={recordMutation}
            noteMutation={noteMutation}
            suggestions={
              <div className={classes.chips}>
                <SuggestionChips
                  handoff={handoff}
                  tried={steps.map((step) => step.action)}
                  onPick={(text) => composer.suggest(text)}
                />
              </div>
            }
          />
        ) : (
          <div className={classes.status}>
            <UnsentText draft={composer.draft} />
            {notes && <ReaderNote composer={composer} noteMutation={noteMutation} />}
            <SessionStatusNote
              session={session}
              handoff={handoff}
              me={me}
              onReopen={reopens ? () => open("reopen") : null}
            />
          </div>
        )}
      </div>
      <SessionSidePanel session={session} steps={steps} ticketNote={<TicketNoteMark of={handoff ?? session} />}>
        {rail}
      </SessionSidePanel>
      <SessionDialogs
        me={me}
        session={session}
        handoff={handoff}
        opened={opened}
        onClose={close}
        onLeave={onLeave}
        rail={rail}
      />
    </div>
  );
}
