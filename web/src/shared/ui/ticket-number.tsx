import { plainText } from "./plain-text";
import classes from "./ticket-number.module.css";

/** The number of a PSA ticket. */
export function TicketNumber({ id }: { id: string }) {
  return (
    <span className={classes.ticket} title={`Ticket #${plainText(id)}`}>
      #<bdi>{plainText(id)}</bdi>
    </span>
  );
}
