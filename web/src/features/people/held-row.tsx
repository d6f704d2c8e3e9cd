import { IconBellRinging } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { SessionItem } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import { TicketNumber } from "@/shared/ui/ticket-number";
import { UserText } from "@/shared/ui/user-text";

import classes from "./people.module.css";

interface Props {
  item: SessionItem;
  engineerId: string;
  actions: ReactNode;
}

/** One session of somebody: what it is, whose it is now and since when, and for how long nothing has happened. */
export function HeldRow({ item, engineerId, actions }: Props) {
  const title = plainText(item.title) || "Untitled session";
  return (
    <article aria-label={title} className={classes.held}>
      <div className={classes.case}>
        <h2 className={classes.title}>
          {item.from ? (
            <Link to={`/pilot/${item.id}?pickup=true`} className={classes.link}>
              <bdi dir="auto">{title}</bdi>
            </Link>
          ) : (
            <bdi dir="auto">{title}</bdi>
          )}
        </h2>
        <p className={classes.facts}>
          {item.client && <UserText>{item.client}</UserText>}
          {item.psa_ticket_id && <TicketNumber id={item.psa_ticket_id} />}
          <State item={item} engineerId={engineerId} />
          {item.status === "active" && (
            <span>
              Last change <Age at={item.updated_at} suffix />
            </span>
          )}
          {item.asked_at && (
            <Mark tone="amber" icon={<IconBellRinging size={14} aria-hidden="true" />}>
              Asked <Age at={item.asked_at} suffix /> whether they are still on it
            </Mark>
          )}
        </p>
      </div>
      {actions}
    </article>
  );
}

function State({ item, engineerId }: Omit<Props, "actions">) {
  const { status, owner, escalated_to, held_since, waiting_since } = item;
  if (waiting_since) {
    return (
      <span>
        Waiting · <Age at={waiting_since} />
      </span>
    );
  }
  if (status !== "active") return null;
  const holder = escalated_to ?? owner;
  return (
    <span>
      {holder.id === engineerId ? (escalated_to ? "Picked up" : "Works on it themselves") : <>With {plainText(holder.name)}</>}
      {held_since && escalated_to && (
        <>
          {" "}
          <Age at={held_since} suffix />
        </>
      )}
    </span>
  );
}
