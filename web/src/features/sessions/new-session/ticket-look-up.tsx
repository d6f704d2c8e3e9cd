import { useTicket, useTicketSessions } from "@/features/sessions/api/queries";
import { SameTicket } from "@/features/sessions/same-ticket";
import type { TicketSystem } from "@/shared/api/types";
import { Problem } from "@/shared/api/problem";
import { Mark } from "@/shared/ui/mark";
import { UserText } from "@/shared/ui/user-text";

import classes from "./ticket-look-up.module.css";

interface Props {
  system: TicketSystem;
  ticket: string;
}

/** What the ticket is, and who works on it already, before a session is opened for it. */
export function TicketLookUp({ system, ticket }: Props) {
  const canBeAsked = system.kind !== "standard";
  const { data: facts, error, isFetching } = useTicket(system.id, ticket, canBeAsked);
  const sessions = useTicketSessions(system.id, ticket).data ?? [];
  return (
    <div role="status" className={classes.found}>
      {isFetching && !facts && <p className={classes.quiet}>Looking the ticket up…</p>}
      {facts && (
        <p>
          <UserText className={classes.title}>{facts.title || "(no title)"}</UserText>
          <span className={classes.quiet}>
            {[facts.client?.name, facts.status, facts.owner].filter(Boolean).join(" · ")}
          </span>
        </p>
      )}
      {error && !isFetching && <NotFound error={error} ticket={ticket} system={system} />}
      {sessions.map((session) => (
        <SameTicket key={session.id} session={session} />
      ))}
    </div>
  );
}

function NotFound({ error, ticket, system }: { error: Error; ticket: string; system: TicketSystem }) {
  if (error instanceof Problem && error.status === 404) {
    return (
      <Mark tone="red">
        <span>
          There is no ticket {ticket} in <UserText>{system.name}</UserText>.
        </span>
      </Mark>
    );
  }
  return <p className={classes.quiet}>The ticket cannot be looked up now. You can start the session all the same.</p>;
}
