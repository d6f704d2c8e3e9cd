import { TicketNoteMark } from "@/features/handoffs/ticket-note/ticket-note-mark";
import type { Handoff } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Expandable } from "@/shared/ui/expandable";
import { PriorityBadge } from "@/shared/ui/priority-badge";
import { TicketNumber } from "@/shared/ui/ticket-number";
import { UserText } from "@/shared/ui/user-text";

import classes from "./context-header.module.css";

const LONG = 140;

/** The problem as a heading, with priority, ticket, domain and sender. */
export function ContextHeader({ handoff, titleId }: { handoff: Handoff; titleId: string }) {
  const { snapshot } = handoff;
  const summary = snapshot.problem_summary.trim();
  return (
    <header className={classes.header}>
      <p className={classes.frame}>
        {handoff.intent === "escalate" && <PriorityBadge priority={handoff.priority} badge />}
        {snapshot.psa_ticket_id && <TicketNumber id={snapshot.psa_ticket_id} />}
        {snapshot.problem_domain && <UserText>{snapshot.problem_domain}</UserText>}
        <span className={classes.number}>{stepsText(snapshot.step_count)}</span>
      </p>
      <Expandable lines={5} label="the problem">
        <h1 id={titleId} tabIndex={-1} className={classes.problem} data-long={summary.length > LONG || undefined}>
          <UserText>{summary || "No summary was given"}</UserText>
        </h1>
      </Expandable>
      <p className={classes.origin}>
        <span>
          {handoff.intent === "escalate" ? "Escalated" : "Parked"} <Age at={handoff.created_at} suffix /> by{" "}
          <UserText className={classes.person}>{handoff.from.name}</UserText>
        </span>
        <TicketNoteMark handoff={handoff} />
      </p>
    </header>
  );
}

const stepsText = (count: number) => (count === 1 ? "1 step" : `${count} steps`);
