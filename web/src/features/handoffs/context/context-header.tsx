import { HandoffPriority } from "@/features/handoffs/priority/handoff-priority";
import { TicketNoteMark } from "@/features/handoffs/ticket-note/ticket-note-mark";
import type { Handoff } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { ClientLine } from "@/shared/ui/client-line";
import { Expandable } from "@/shared/ui/expandable";
import { AFFECTED, REASONS } from "@/shared/ui/sender-report";
import { SlaMark } from "@/shared/ui/sla-mark";
import { TicketLink } from "@/shared/ui/ticket-link";
import { UserText } from "@/shared/ui/user-text";

import classes from "./context-header.module.css";

const LONG = 140;

/** The problem as a heading; whom it is for; then priority, ticket, who handed it off, when and why. */
export function ContextHeader({ handoff, titleId }: { handoff: Handoff; titleId: string }) {
  const { snapshot } = handoff;
  const isOpen = handoff.status === "unclaimed" || handoff.status === "claimed";
  const summary = snapshot.problem_summary.trim();
  return (
    <header role="presentation" className={classes.header}>
      <Expandable lines={3} label="the problem">
        <h1 id={titleId} tabIndex={-1} className={classes.problem} data-long={summary.length > LONG || undefined}>
          <UserText>{summary || "No summary was given"}</UserText>
        </h1>
      </Expandable>
      <ClientLine ticket={snapshot.ticket} />
      <div className={classes.facts}>
        {handoff.intent === "escalate" && <HandoffPriority handoff={handoff} badge />}
        <span>
          {handoff.intent === "escalate" ? "Escalated" : "Parked"} <Age at={handoff.created_at} suffix /> by{" "}
          <UserText className={classes.person}>{handoff.from.name}</UserText>
        </span>
        {handoff.cover && <UserText>{handoff.cover}</UserText>}
        {handoff.reason && <span className={classes.why}>{REASONS[handoff.reason]}</span>}
        {handoff.affected && <span>{AFFECTED[handoff.affected]}</span>}
        {snapshot.problem_domain && <UserText>{snapshot.problem_domain}</UserText>}
        {snapshot.psa_ticket_id && <TicketLink id={snapshot.psa_ticket_id} url={snapshot.ticket?.url} />}
        {isOpen && <SlaMark at={handoff.sla_due_at} />}
        <span className={handoff.ticket_notes.status === "sent" ? classes.settled : undefined}>
          <TicketNoteMark of={handoff} />
        </span>
      </div>
    </header>
  );
}
