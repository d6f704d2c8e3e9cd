import { Link } from "react-router";

import type { QueueItem } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { useNow } from "@/shared/ui/clock";
import { DirectedTo } from "@/shared/ui/directed-to";
import { directionOf } from "@/shared/ui/direction";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import { PriorityBadge } from "@/shared/ui/priority-badge";
import { AFFECTED, REASONS } from "@/shared/ui/sender-report";
import { SlaMark } from "@/shared/ui/sla-mark";
import { TicketNumber } from "@/shared/ui/ticket-number";
import { UserText } from "@/shared/ui/user-text";

import { AssessmentMark } from "./assessment-mark";
import classes from "./escalation-row.module.css";
import { QueueClock } from "./queue-clock";

interface Props {
  item: QueueItem;
  isGone: boolean;
  meId: string;
}

/** One escalation. The whole row links to its context, also when it has just left the queue. */
export function EscalationRow({ item, isGone, meId }: Props) {
  const direction = directionOf(item, useNow());
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
          {item.client && <UserText className={classes.client}>{item.cover ?? item.client}</UserText>}
          {item.contact && <UserText>{item.contact}</UserText>}
          <span>
            from <UserText>{item.from.name}</UserText>
          </span>
          {item.problem_domain && <UserText>{item.problem_domain}</UserText>}
          {item.affected && <span>{AFFECTED[item.affected]}</span>}
          {item.reason && <span>{REASONS[item.reason]}</span>}
          <span>{item.step_count === 1 ? "1 step" : `${item.step_count} steps`}</span>
          {isGone ? <span>No longer waiting</span> : <AssessmentMark item={item} />}
          {!isGone && direction && (
            <Mark tone={direction.to.id === meId ? "accent" : "quiet"}>
              <DirectedTo {...direction} />
            </Mark>
          )}
          {!isGone && <QueueClock level={item.level} is_early={item.is_early} due={item.due} />}
          {!isGone && <SlaMark at={item.sla_due_at} />}
        </span>
      </span>
      <span className={classes.ticket}>{item.psa_ticket_id && <TicketNumber id={item.psa_ticket_id} />}</span>
      <Age at={item.waiting_since} className={classes.age} />
    </Link>
  );
}
