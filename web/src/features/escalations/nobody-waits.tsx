import { IconCup } from "@tabler/icons-react";

import { Empty } from "@/shared/ui/empty";

interface Props {
  /** How many of the reader's own escalations wait: they stand apart from the queue. */
  own: number;
}

/** What an empty queue says. It speaks of others only while escalations of the reader's own wait. */
export function NobodyWaits({ own }: Props) {
  const icon = <IconCup size={24} aria-hidden="true" />;
  if (own === 0) {
    return (
      <Empty icon={icon} title="Nobody is waiting">
        <p>No escalation waits for you. New ones appear here by themselves.</p>
      </Empty>
    );
  }
  return (
    <Empty icon={icon} title="Nothing from others is waiting">
      <p>{own === 1 ? "Your own escalation waits for a senior." : `${own} of your own escalations wait for a senior.`}</p>
    </Empty>
  );
}
