import { Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";

import type { Session, TicketFacts as Facts } from "@/shared/api/types";

import { TicketFacts, TicketStatus } from "./ticket-facts";
import classes from "./ticket-popover.module.css";

/** The ticket's facts in a popover, for screens without the side panel. */
export function TicketPopover({ session, facts }: { session: Session; facts: Facts }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="min(320px, calc(100vw - 24px))"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.peek}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.what}>Status:</span> <TicketStatus facts={facts} />
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.facts} role="dialog" aria-label="Ticket" tabIndex={-1} data-autofocus>
        <TicketFacts session={session} facts={facts} />
      </Popover.Dropdown>
    </Popover>
  );
}
