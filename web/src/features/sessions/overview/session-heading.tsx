import type { Session } from "@/shared/api/types";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import { TicketLink } from "@/shared/ui/ticket-link";
import { UserText } from "@/shared/ui/user-text";

import classes from "./session-heading.module.css";
import { TicketPopover } from "./ticket-popover";

/** The session's title, ticket, domain and status. */
export function SessionHeading({ session }: { session: Session }) {
  return (
    <div className={classes.heading}>
      <h1 className={classes.title} title={plainText(session.problem_summary)}>
        <bdi dir="auto">{plainText(session.title) || "Untitled session"}</bdi>
      </h1>
      <div className={classes.facts}>
        {session.ticket?.client && <UserText className={classes.client}>{session.ticket.client.name}</UserText>}
        {session.psa_ticket_id && <TicketLink id={session.psa_ticket_id} url={session.ticket?.url} />}
        {session.ticket && <TicketPopover session={session} facts={session.ticket} />}
        {session.problem_domain && <UserText>{session.problem_domain}</UserText>}
        <StatusText session={session} />
      </div>
    </div>
  );
}

function StatusText({ session }: { session: Session }) {
  if (session.status === "escalated") return <Mark tone="accent">Escalated</Mark>;
  if (session.status === "parked") return <span>Parked</span>;
  if (session.status === "resolved") return <Mark tone="green">Resolved</Mark>;
  if (!session.escalated_to) return null;
  return (
    <span>
      <UserText>{session.owner.name}</UserText> → <UserText>{session.escalated_to.name}</UserText>
    </span>
  );
}
