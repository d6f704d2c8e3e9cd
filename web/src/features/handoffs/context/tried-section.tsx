import type { Handoff } from "@/shared/api/types";
import { Expandable } from "@/shared/ui/expandable";
import { OutcomeMark } from "@/shared/ui/outcome-mark";
import { UserText } from "@/shared/ui/user-text";

import { ConversationDetails } from "./conversation-details";
import classes from "./tried-section.module.css";

/** The engineer's notes and steps. */
export function TriedSection({ handoff }: { handoff: Handoff }) {
  const { snapshot, engineer_notes: notes, release_note: releaseNote } = handoff;
  return (
    <section aria-labelledby="tried" className={classes.section}>
      <h2 id="tried" className={classes.heading}>
        What has been tried
      </h2>
      {notes.trim() !== "" && <Note by={handoff.from.name} text={notes} />}
      {releaseNote && <Note by="Returned to the queue with a note" text={releaseNote} />}
      {snapshot.steps.length === 0 && <p className={classes.none}>No steps were recorded.</p>}
      <ol className={classes.steps}>
        {snapshot.steps.map((step, index) => (
          <li key={step.seq} id={`step-${step.seq}`} tabIndex={-1} className={classes.step}>
            <span className={classes.number}>{index + 1}</span>
            <UserText className={classes.action}>{step.action}</UserText>
            <span className={classes.outcome}>
              <OutcomeMark outcome={step.outcome} />
              {step.evidence === "reported" && <span className={classes.reported}>reported</span>}
            </span>
          </li>
        ))}
      </ol>
      {snapshot.omitted > 0 && <p className={classes.none}>{omittedText(snapshot.omitted)}</p>}
      <ConversationDetails messages={snapshot.messages} />
    </section>
  );
}

function Note({ by, text }: { by: string; text: string }) {
  return (
    <figure className={classes.note}>
      <figcaption className={classes.by}>
        <UserText>{by}</UserText>
      </figcaption>
      <Expandable lines={6} label="the notes">
        <UserText lines>{text}</UserText>
      </Expandable>
    </figure>
  );
}

function omittedText(omitted: number): string {
  const entries = omitted === 1 ? "1 older entry is" : `${omitted} older entries are`;
  return `${entries} left out here; the session has everything.`;
}
