import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

import { Announcer } from "./announcer";
import { plainText } from "./plain-text";
import { safeUrl } from "./safe-url";
import classes from "./ticket-number.module.css";
import { TicketNumber } from "./ticket-number";

interface Props {
  id: string;
  /** The ticket's page in its ticket system. */
  url: string | null | undefined;
}

/** The number of a PSA ticket: a link to the ticket, where its page is known, and a button that copies the number. */
export function TicketLink({ id, url }: Props) {
  const clipboard = useClipboard({ timeout: 2000 });
  const address = safeUrl(url);
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <span className={classes.linked}>
      {address ? (
        <a href={address} target="_blank" rel="noopener noreferrer" className={classes.link} aria-label={`Open ticket #${plainText(id)} in a new tab`}>
          <TicketNumber id={id} />
        </a>
      ) : (
        <TicketNumber id={id} />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label="Copy the ticket's number"
        title="Copy the ticket's number"
        onClick={() => clipboard.copy(plainText(id))}
      >
        <Icon size={14} aria-hidden="true" />
      </ActionIcon>
      <Announcer message={clipboard.copied ? "Copied" : ""} />
    </span>
  );
}
