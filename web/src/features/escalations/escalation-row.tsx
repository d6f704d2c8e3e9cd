import { Link } from "react-router";

import type { QueueItem } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { plainText } from "@/shared/ui/plain-text";
import { PriorityBadge } from "@/shared/ui/priority-badge";
import { TicketNumber } from "@/shared/ui/ticket-number";
import { UserText } from "@/shared/ui/user-text";

import { AssessmentMark } from "./assessment-mark";
import classes from "./escalation-row.module.css";

/** One escalation. The whole row links to its context, also when it has just left the queue. */
export function EscalationRow({ item, isGone }: { item: QueueItem; isGone: boolean }) {
  return (
    <Link
      to={`/pilot/${item.session_id}?pickup=true`}
      className={classes.row}
      data-handoff={item.handoff_id}
      data-gone={isGone || undefined}
    >
      <span className={classes.priority}>
        <PriorityBadge priority={item.priority} />
      </span>
      <span className={classes.what}>
        <bdi dir="auto" className={classes.summary}>
          {plainText(item.problem_summary) || "No summary"}
        </bdi>
        <span className={classes.facts}>
          <UserText>{item.from.name}</UserText>
          {item.problem_domain && <UserText>{item.problem_domain}</UserText>}
          <span>{item.step_count === 1 ? "1 step" : `${item.step_count} steps`}</span>
          {isGone ? <span>No longer waiting</span> : <AssessmentMark status={item.assessment_status} />}
        </span>
      </span>
      <span className={classes.ticket}>{item.psa_ticket_id && <TicketNumber id={item.psa_ticket_id} />}</span>
      <Age at={item.created_at} className={classes.age} />
    </Link>
  );
}
