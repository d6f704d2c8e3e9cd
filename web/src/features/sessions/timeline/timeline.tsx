import { Button } from "@mantine/core";
import { Fragment } from "react";

import type { Session, Turn } from "@/shared/api/types";
import { UserText } from "@/shared/ui/user-text";

import { type Outgoing, OutgoingMessage } from "./outgoing-message";
import { MessageTurn } from "./message-turn";
import { StepTurn } from "./step-turn";
import classes from "./timeline.module.css";
import { useStickToEnd } from "./use-stick-to-end";

interface Props {
  session: Session;
  turns: Turn[];
  /** A message that the API has not answered yet. */
  outgoing: Outgoing | null;
  /** Set where the assistant could not answer the last message. */
  onAskAgain: (() => void) | null;
}

/** The session's turns in order. */
export function Timeline({ session, turns, outgoing, onAskAgain }: Props) {
  const end = useStickToEnd(turns.length + (outgoing === null ? 0 : 1));
  return (
    <div className={classes.timeline}>
      <section aria-label="Problem" className={classes.problem}>
        <UserText lines>{session.problem_summary}</UserText>
      </section>
      <ol className={classes.turns} aria-label="Conversation and steps">
        {turns.map((turn, index) => (
          <Fragment key={turn.seq}>
            {isHandover(turns[index - 1], turn) && <Handover to={turn} />}
            <li id={`turn-${turn.seq}`} className={classes.turn} data-kind={turn.kind}>
              {turn.kind === "message" ? <MessageTurn message={turn} /> : <StepTurn step={turn} />}
            </li>
          </Fragment>
        ))}
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
}

/** Whether the session changed hands between two turns. */
const isHandover = (before: Turn | undefined, turn: Turn): boolean =>
  before !== undefined && before.epoch !== turn.epoch && turn.author.kind === "engineer";

function Handover({ to }: { to: Turn }) {
  return (
    <li className={classes.handover}>
      <UserText>{to.author.name}</UserText> carries on from here
    </li>
  );
}
