import { memo, type ReactNode } from "react";

import type { Session, Step } from "@/shared/api/types";
import { RESULTS } from "@/shared/ui/result-mark";
import { TicketNumber } from "@/shared/ui/ticket-number";
import { UserText } from "@/shared/ui/user-text";

import classes from "./session-side-panel.module.css";
import { TicketFacts } from "./ticket-facts";

interface Props {
  session: Session;
  steps: Step[];
  /** The status of the ticket note. */
  ticketNote: ReactNode;
  /** What is kept of a handoff. It comes first. */
  children?: ReactNode;
}

/**
 * The panel beside the conversation on wide screens: what is kept of a handoff, problem, ticket, steps. It is rendered for its own
 * changes alone.
 */
export const SessionSidePanel = memo(function SessionSidePanel({ session, steps, ticketNote, children }: Props) {
  return (
    <aside aria-label="Session at a glance" className={classes.rail}>
      {children}
      <section>
        <h2 className={classes.heading}>Problem</h2>
        <UserText lines className={classes.problem}>
          {session.problem_summary}
        </UserText>
      </section>
      {session.resolution && (
        <section>
          <h2 className={classes.heading}>Resolution</h2>
          <UserText lines className={classes.problem}>
            {session.resolution}
          </UserText>
        </section>
      )}
      {session.psa_ticket_id && session.ticket && (
        <section aria-labelledby="ticket">
          <h2 id="ticket" className={classes.heading}>
            Ticket <TicketNumber id={session.psa_ticket_id} />
          </h2>
          <TicketFacts session={session} facts={session.ticket} />
          <p className={classes.note}>{ticketNote}</p>
        </section>
      )}
      <section>
        <h2 className={classes.heading}>
          Steps <span className={classes.count}>{steps.length}</span>
        </h2>
        {steps.length === 0 && <p className={classes.none}>What you try, and what comes of it, is listed here.</p>}
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step.seq}>
              <StepLink step={step} />
            </li>
          ))}
        </ol>
      </section>
    </aside>
  );
});

function StepLink({ step }: { step: Step }) {
  const { label, tone, Icon } = RESULTS[step.result];
  return (
    <a href={`#turn-${step.seq}`} className={classes.step}>
      <Icon size={14} stroke={2.5} role="img" aria-label={label} className={classes.icon} data-tone={tone} />
      <UserText className={classes.action}>{step.action}</UserText>
    </a>
  );
}
