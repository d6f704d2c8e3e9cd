import { IconBuilding } from "@tabler/icons-react";

import type { TicketFacts } from "@/shared/api/types";

import classes from "./client-line.module.css";
import { UserText } from "./user-text";

/** Whom a ticket is for: the client, then its contact with phone and e-mail. Nothing where neither is known. */
export function ClientLine({ ticket }: { ticket: Pick<TicketFacts, "client" | "contact"> | null | undefined }) {
  const { client = null, contact = null } = ticket ?? {};
  if (!client && !contact) return null;
  return (
    <p className={classes.line}>
      <IconBuilding size={16} aria-hidden="true" className={classes.icon} />
      {client && <UserText className={classes.client}>{client.name}</UserText>}
      {contact && <UserText>{[contact.name, contact.phone].filter(Boolean).join(" · ")}</UserText>}
      {contact?.email && <UserText className={classes.email}>{contact.email}</UserText>}
    </p>
  );
}
