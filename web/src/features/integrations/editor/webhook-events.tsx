import type { IntegrationState } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";

import classes from "./webhook-events.module.css";

const LABELS: Record<IntegrationState["webhook_events"][number]["event"], string> = {
  "ticket.created": "New ticket",
  "ticket.updated": "Ticket changed",
  "ticket.closed": "Ticket closed",
  "ticket.deleted": "Ticket deleted",
  "note.created": "New note",
  "webhook.deactivated": "Webhook switched off",
};

/** When the ticket system last reported each kind of event, and which it never did. */
export function WebhookEvents({ integration: { webhook_events: events } }: { integration: IntegrationState }) {
  const never = events.filter(({ last_at: at }) => at === null);
  return (
    <section aria-label="Last delivery">
      <h2 className={classes.title}>Last delivery</h2>
      <dl className={classes.events}>
        {events.map(({ event, last_at: at }) => (
          <div key={event} className={classes.event}>
            <dt>{LABELS[event]}</dt>
            <dd>{at === null ? "never" : <Age at={at} suffix />}</dd>
          </div>
        ))}
      </dl>
      {never.length > 0 && (
        <p className={classes.advice}>
          {never.length === events.length
            ? "No webhook has arrived yet. FlowPilot finds changes of tickets every 10 minutes until one does."
            : "What never came may not be subscribed in the ticket system, or has not happened yet."}
        </p>
      )}
    </section>
  );
}
