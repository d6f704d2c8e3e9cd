import { plainText } from "./plain-text";
import classes from "./ticket-number.module.css";

/** The number of the ticket in the PSA. */
export function TicketNumber({ id }: { id: string }) {
  return (
    <span className={classes.ticket} title={`Ticket #${plainText(id)}`}>
      #<bdi>{plainText(id)}</bdi>
    </span>
  );
}
