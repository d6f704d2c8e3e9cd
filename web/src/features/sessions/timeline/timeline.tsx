import { Button } from "@mantine/core";
import { memo } from "react";

import { TurnCorrections } from "@/features/sessions/correct/turn-corrections";
import type { HandoffEvent, Session, Turn } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { UserText } from "@/shared/ui/user-text";
import { Withdrawn } from "@/shared/ui/withdrawn";

import { type Outgoing, OutgoingMessage } from "./outgoing-message";
import { MessageTurn } from "./message-turn";
import { NoteTurn } from "./note-turn";
import { StepTurn } from "./step-turn";
import classes from "./timeline.module.css";
import { useStickToEnd } from "./use-stick-to-end";
import { woven } from "./woven";

interface Props {
  session: Session;
  turns: Turn[];
  /** The events of the session's handoffs, oldest first. */
  history: HandoffEvent[];
  /** A message that the API has not answered yet. */
  outgoing: Outgoing | null;
  /** Set where the assistant could not answer the last message. */
  onAskAgain: (() => void) | null;
}

/** The session's turns in order. Long, so it is rendered for its own changes alone, not when a dialog opens or closes. */
export const Timeline = memo(function Timeline({ session, turns, history, outgoing, onAskAgain }: Props) {
  const end = useStickToEnd(turns.length + (outgoing === null ? 0 : 1));
  return (
    <div className={classes.timeline}>
      <section aria-label="Problem" className={classes.problem}>
        <UserText lines>{session.problem_summary}</UserText>
      </section>
      <ol className={classes.turns} aria-label="Conversation and steps">
        {woven(turns, history).map((entry) =>
          "turn" in entry ? (
            <li key={entry.turn.seq} id={`turn-${entry.turn.seq}`} className={classes.turn} data-kind={entry.turn.kind}>
              <Withdrawn turn={entry.turn}>
                <TurnContent turn={entry.turn} />
              </Withdrawn>
              <TurnCorrections session={session} turn={entry.turn} />
            </li>
          ) : (
            <ChangeOfHands key={entry.change.id} {...entry} />
          ),
        )}
        {outgoing !== null && <OutgoingMessage outgoing={outgoing} />}
      </ol>
      {onAskAgain !== null && (
        <div className={classes.missing}>
          <p role="status">The assistant could not answer just now. Your message is kept.</p>
          <Button variant="default" size="xs" onClick={onAskAgain}>
            Ask again
          </Button>
        </div>
      )}
      <div ref={end} />
    </div>
  );
});

function TurnContent({ turn }: { turn: Turn }) {
  switch (turn.kind) {
    case "message":
      return <MessageTurn message={turn} />;
    case "step":
      return <StepTurn step={turn} />;
    case "note":
      return <NoteTurn note={turn} />;
  }
}

/** Who did what with the case, and when. */
function ChangeOfHands({ change, words }: { change: HandoffEvent; words: string }) {
  return (
    <li className={classes.handover}>
      <UserText>{change.actor?.name ?? "FlowPilot"}</UserText> {words} · <Age at={change.occurred_at} suffix />
    </li>
  );
}
