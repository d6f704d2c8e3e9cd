import { Fragment } from "react";

import type { Session, Turn } from "@/shared/api/types";
import { UserText } from "@/shared/ui/user-text";

import { MessageTurn } from "./message-turn";
import { StepTurn } from "./step-turn";
import classes from "./timeline.module.css";
import { useStickToEnd } from "./use-stick-to-end";

interface Props {
  session: Session;
  turns: Turn[];
  /** The text of a message that the API has not answered yet. */
  sending: string | null;
  /** The last message was stored, but the assistant could not answer it. */
  replyMissing: boolean;
}

/** The session's turns in order. */
export function Timeline({ session, turns, sending, replyMissing }: Props) {
  const end = useStickToEnd(turns.length + (sending === null ? 0 : 1));
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
        {sending !== null && (
          <li className={classes.turn} aria-label="Being sent">
            <UserText lines className={classes.sending}>
              {sending}
            </UserText>
            <p className={classes.thinking} role="status">
              The assistant is reading…
            </p>
          </li>
        )}
      </ol>
      {replyMissing && (
        <p className={classes.missing} role="status">
          The assistant could not answer just now. Your message is kept; ask again, or carry on without.
        </p>
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
