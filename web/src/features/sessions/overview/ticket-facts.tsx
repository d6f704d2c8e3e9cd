import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Session, TicketFacts as Facts } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { exactTime } from "@/shared/ui/age-text";
import { Mark } from "@/shared/ui/mark";
import { oneLine } from "@/shared/ui/plain-text";
import { safeUrl } from "@/shared/ui/safe-url";
import { UserText } from "@/shared/ui/user-text";

import classes from "./ticket-facts.module.css";

/** The ticket's facts as the ticket system had them at `read_at`. */
export function TicketFacts({ session, facts }: { session: Session; facts: Facts }) {
  const url = safeUrl(facts.url);
  const named = [
    ["Client", facts.client?.name],
    ["Contact", [facts.contact?.name, facts.contact?.phone, facts.contact?.email].filter(Boolean).join(" · ")],
    ["Priority", facts.priority],
    ["Type", facts.type],
    ["Contract", facts.contract],
  ] as const;
  return (
    <div className={classes.ticket}>
      {differs(facts.title, session.problem_summary) && <UserText className={classes.summary}>{facts.title}</UserText>}
      <dl className={classes.facts}>
        <Fact name="Status">
          <TicketStatus facts={facts} />
        </Fact>
        <Fact name="Owner">{facts.owner ? <UserText>{facts.owner}</UserText> : "Nobody"}</Fact>
        {facts.due_at && (
          <Fact name="Due">
            <time dateTime={facts.due_at}>{exactTime(facts.due_at)}</time>
          </Fact>
        )}
        {named.map(
          ([name, value]) =>
            value && (
              <Fact key={name} name={name}>
                <UserText>{value}</UserText>
              </Fact>
            ),
        )}
      </dl>
      <p className={classes.source}>
        <span>
          Read <Age at={facts.read_at} suffix />
        </span>
        {url && (
          <a href={url} target="_blank" rel="noopener noreferrer" className={classes.link}>
            Open the ticket
            <IconExternalLink size={14} aria-label="in a new tab" />
          </a>
        )}
      </p>
    </div>
  );
}

/** The ticket's status in the ticket system's own term, marked when the ticket is closed. */
export function TicketStatus({ facts }: { facts: Facts }) {
  const word = <UserText>{facts.status || "Unknown"}</UserText>;
  if (!facts.is_closed) return word;
  return <Mark tone="green">{/closed/i.test(facts.status) ? word : <>{word} (closed)</>}</Mark>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const differs = (one: string, other: string) => one !== "" && oneLine(one, 200) !== oneLine(other, 200);
