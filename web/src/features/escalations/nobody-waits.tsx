import { IconCup } from "@tabler/icons-react";
import { Link } from "react-router";

import type { SessionItem } from "@/shared/api/types";
import { Empty } from "@/shared/ui/empty";
import { oneLine } from "@/shared/ui/plain-text";

import classes from "./nobody-waits.module.css";

interface Props {
  /** The reader's own escalations that wait: the queue leaves them out. */
  own: SessionItem[];
}

/** What an empty queue says. It speaks of others only: the reader's own escalations are counted apart. */
export function NobodyWaits({ own }: Props) {
  const icon = <IconCup size={24} aria-hidden="true" />;
  if (own.length === 0) {
    return (
      <Empty icon={icon} title="Nobody is waiting">
        <p>No escalation waits for you. New ones appear here by themselves.</p>
      </Empty>
    );
  }
  return (
    <Empty icon={icon} title="Nothing from others is waiting">
      <p>{own.length === 1 ? "Your own escalation waits for a senior:" : `${own.length} of your own escalations wait for a senior:`}</p>
      <ul className={classes.own}>
        {own.map((session) => (
          <li key={session.id}>
            <Link to={`/pilot/${session.id}`}>{oneLine(session.problem_summary || session.title, 90)}</Link>
          </li>
        ))}
      </ul>
    </Empty>
  );
}
