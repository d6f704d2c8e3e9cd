import { useCallback, useMemo } from "react";

import { IdleQuestion } from "@/features/handoffs/idle/idle-question";
import { HandoffRail } from "@/features/handoffs/rail/handoff-rail";
import { OverdueWarning } from "@/features/handoffs/status/overdue-warning";
import { TicketNoteFailed } from "@/features/handoffs/ticket-note/ticket-note-failed";
import { TicketNoteMark } from "@/features/handoffs/ticket-note/ticket-note-mark";
import { useOutgoingMessage, useSendMessage } from "@/features/sessions/api/mutations";
import { useHistory, type useTurns } from "@/features/sessions/api/queries";
import { useDraftActions } from "@/features/sessions/composer/use-composer";
import { useUnanswered } from "@/features/sessions/timeline/use-unanswered";
import { mayReopen } from "@/features/sessions/reopen/may-reopen";
import { SessionSidePanel } from "@/features/sessions/overview/session-side-panel";
import { isAtLeast } from "@/shared/api/me";
import type { Handoff, HandoffEvent, Me, Message, Session, Step, Turn } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";

import { Conversation } from "./conversation";
import { SESSION_OVERLAYS, SessionDialogs } from "./session-dialogs";
import { SessionToolbar } from "./session-toolbar";
import classes from "./session-view.module.css";
import { SessionWriting } from "./session-writing";
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
  const draft = useDraftActions(session.id);
  const history = useHistory(session.id, handoff !== undefined);
  const sendMutation = useSendMessage(session.id, { onSent: draft.sent, onNotSent: draft.notSent });
  const outgoing = useOutgoingMessage(session.id);
  const reopens = mayReopen(session, me, useNow());
  const writes = session.status === "active" && session.holder?.id === me.id && isAtLeast(me, "engineer");
  const corrects = writes || (session.holder === null && isAtLeast(me, "engineer"));
  const list = turns.data ?? NONE;
  const unanswered = useUnanswered(list, sendMutation.data?.reply_status === "unavailable");
  const isAiOff = !session.is_ai_on || sendMutation.data?.reply_error === "off";
  const mayAskAgain = isAtLeast(me, "engineer");
  const askAgain = useAskAgain(session, sendMutation.mutate, writes && outgoing === null && !isAiOff ? unanswered : null);
  const fill = useCallback(
    (action: string) => {
      draft.suggest(action);
      close();
    },
    [draft, close],
  );
  const recorder = useSuggestionRecorder(session, fill);
  const steps = useMemo(() => list.filter((turn): turn is Step => turn.kind === "step"), [list]);
  const rail = useMemo(
    () =>
      handoff && <HandoffRail handoff={handoff} steps={steps} recorder={writes ? recorder : null} mayAskAgain={mayAskAgain} />,
    [handoff, steps, writes, recorder, mayAskAgain],
  );
  const ticketNote = useMemo(() => <TicketNoteMark of={handoff ?? session} />, [handoff, session]);
  const ticketNoteFailed = (
    <TicketNoteFailed
      of={handoff ?? session}
      mayRetry={mayAskAgain}
      onChangeTicket={corrects ? () => open("edit") : null}
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
        onAskAgain={askAgain}
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
        <SessionWriting
          me={me}
          session={session}
          handoff={handoff}
          steps={steps}
          writes={writes}
          sendMutation={sendMutation}
          isSending={outgoing !== null}
          isAiOff={isAiOff}
          onReopen={reopens ? () => open("reopen") : null}
        />
      </div>
      <SessionSidePanel session={session} steps={steps} ticketNote={ticketNote}>
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

/** Returns how to send a message of the session again that was not answered, or null. */
function useAskAgain({ epoch }: Session, send: ReturnType<typeof useSendMessage>["mutate"], unanswered: Message | null) {
  const text = unanswered?.text ?? null;
  return useMemo(() => (text === null ? null : () => send({ text, epoch })), [text, send, epoch]);
}
