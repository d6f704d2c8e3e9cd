import { Link } from "react-router";

import type { SessionItem } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { plainText } from "@/shared/ui/plain-text";
import { TicketNumber } from "@/shared/ui/ticket-number";
import { UserText } from "@/shared/ui/user-text";

import classes from "./handed-off.module.css";
import { openingsOf, stateOf } from "./handed-off-state";

/** One session that the reader handed off: client, problem, and below it where it is, since when, and who looked at it. */
export function HandedOffRow({ item, meId }: { item: SessionItem; meId: string }) {
  const openings = openingsOf(item);
  return (
    <Link to={`/pilot/${item.id}`} className={classes.row}>
      <span className={classes.what}>
        <bdi dir="auto" className={classes.problem}>
          {plainText(item.title) || "Untitled session"}
        </bdi>
        <span className={classes.facts}>
          {item.client && <UserText>{item.client}</UserText>}
          <span className={classes.state}>{stateOf(item, meId)}</span>
          {openings && <span>{openings}</span>}
        </span>
      </span>
      <span>{item.psa_ticket_id && <TicketNumber id={item.psa_ticket_id} />}</span>
      <Age at={item.waiting_since ?? item.updated_at} className={classes.age} />
    </Link>
  );
}
