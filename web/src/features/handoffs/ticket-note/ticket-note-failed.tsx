import { Button } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";

import { useRetryTicketNotes } from "@/features/handoffs/api/mutations";
import type { Handoff, Session } from "@/shared/api/types";
import { Expandable } from "@/shared/ui/expandable";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./ticket-note-failed.module.css";

interface Props {
  /** Whose notes: those of a handoff, or of a session that has none. */
  of: Handoff | Session;
  mayRetry: boolean;
  /** Set for who may name another ticket. */
  onChangeTicket?: (() => void) | null;
}

/** A ticket that does not exist is not found by a retry either. Matches the reason that the API gives. */
function missingTicketText(error: string): string | null {
  const found = /^(.+) knows no ticket (.+?)\.?$/.exec(error);
  return found ? `Ticket ${found[2]} wasn't found in ${found[1]}.` : null;
}

/** The ticket system's reason for a failed ticket note, and a button that retries it. */
export function TicketNoteFailed({ of, mayRetry, onChangeTicket }: Props) {
  const retryMutation = useRetryTicketNotes();
  const { status, error } = of.ticket_notes;
  const missing = missingTicketText(error ?? "");
  if (status !== "failed") return null;
  return (
    <section aria-label="Ticket note" className={classes.failed}>
      <div className={classes.note}>
        <IconAlertTriangle size={18} aria-hidden="true" className={classes.icon} />
        <div className={classes.words}>
          <p className={classes.title}>The note on the ticket was not written</p>
          <Expandable lines={3} label="the reason">
            <UserText>{missing ?? error ?? "The ticket system gave no reason."}</UserText>
          </Expandable>
        </div>
        {missing !== null && onChangeTicket && (
          <Button variant="default" size="xs" onClick={onChangeTicket}>
            Change ticket
          </Button>
        )}
        {mayRetry && missing === null && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            loading={retryMutation.isPending}
            onClick={() => retryMutation.mutate(of)}
          >
            Retry
          </Button>
        )}
      </div>
      {retryMutation.isError && <ProblemNote error={retryMutation.error} />}
    </section>
  );
}
