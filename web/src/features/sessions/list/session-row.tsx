import { IconArrowUpRight } from "@tabler/icons-react";
import { NavLink } from "react-router";

import type { SessionItem } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import { TicketNumber } from "@/shared/ui/ticket-number";

import classes from "./session-row.module.css";

/** One session: its title, and below it state, sender, ticket and what the title does not say. Only an escalation that waits has a badge; other states are plain text. */
export function SessionRow({ session, meId, onOpen }: { session: SessionItem; meId: string; onOpen: () => void }) {
  const state = quietState(session, meId);
  const says = beyondTitle(session);
  const inTransit = session.status === "escalated";
  const second = inTransit || state !== null || says !== "";
  return (
    <NavLink
      to={`/pilot/${session.id}`}
      onClick={onOpen}
      className={({ isActive }) => [classes.row, isActive && classes.current].filter(Boolean).join(" ")}
      data-alone={!second || undefined}
    >
      <bdi dir="auto" className={classes.title} data-done={session.status === "resolved" || undefined}>
        {plainText(session.title) || "Untitled session"}
      </bdi>
      <Age at={session.updated_at} className={classes.age} />
      <span className={classes.second}>
        {inTransit && (
          <Mark tone="accent" badge small icon={<IconArrowUpRight size={12} stroke={2.5} aria-hidden="true" />}>
            Escalated
          </Mark>
        )}
        <span className={classes.summary}>{[state, says].filter(Boolean).join(" · ")}</span>
        {session.psa_ticket_id && <TicketNumber id={session.psa_ticket_id} />}
      </span>
    </NavLink>
  );
}

/** Fewer characters than these say nothing that the title does not. */
const WORTH_SHOWING = 12;

/** The part of the problem that the title, often its beginning, does not show. */
function beyondTitle({ title, problem_summary }: SessionItem): string {
  const named = plainText(title).replace(/\s+/g, " ").trim();
  const summary = plainText(problem_summary).replace(/\s+/g, " ").trim();
  const start = named.replace(/…$/, "").trimEnd();
  if (start === "" || !summary.startsWith(start)) return summary;
  const from = summary.lastIndexOf(" ", start.length) + 1; // The title may end within a word.
  return summary.length - start.length < WORTH_SHOWING ? "" : `…${summary.slice(from)}`;
}

function quietState({ status, owner, escalated_to }: SessionItem, meId: string): string | null {
  if (status === "parked") return "Parked";
  if (status === "resolved") return "Resolved";
  if (escalated_to === null) return null;
  return escalated_to.id === meId ? `From ${plainText(owner.name)}` : `With ${plainText(escalated_to.name)}`;
}
