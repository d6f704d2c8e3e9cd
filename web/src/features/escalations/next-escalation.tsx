import { Button } from "@mantine/core";
import { Link } from "react-router";

import { useEscalations } from "@/features/escalations/api/queries";
import { oneLine } from "@/shared/ui/plain-text";

import classes from "./next-escalation.module.css";
import { queueAddress } from "./queue-address";

/** Links to the next escalation that waits, or to the queue. */
export function NextEscalation({ than }: { than: string }) {
  const queue = useEscalations();
  const next = queue.data?.pages.flatMap((page) => page.items).find((item) => item.session_id !== than);
  if (next === undefined) {
    return (
      <Button component={Link} to={queueAddress()} variant="default">
        Back to escalations
      </Button>
    );
  }
  return (
    <Button
      component={Link}
      to={`/pilot/${next.session_id}?pickup=true`}
      className={classes.next}
      classNames={{ label: classes.label }}
    >
      Next: {oneLine(next.problem_summary, 200)}
    </Button>
  );
}
