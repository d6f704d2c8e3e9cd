import { IconAlertTriangle, IconCheck, IconClock } from "@tabler/icons-react";

import type { Handoff, TicketNotes } from "@/shared/api/types";
import { Mark, type Tone } from "@/shared/ui/mark";

type Status = NonNullable<TicketNotes["status"]>;

const LABELS: Record<Exclude<Status, "none">, { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  pending: { label: "Ticket note on its way", tone: "quiet", Icon: IconClock },
  sent: { label: "Ticket note written", tone: "quiet", Icon: IconCheck },
  failed: { label: "Ticket note failed", tone: "red", Icon: IconAlertTriangle },
};

/** The status of the ticket note; nothing where the session has no ticket. */
export function TicketNoteMark({ handoff }: { handoff: Handoff }) {
  const { status = "none" } = handoff.ticket_notes;
  if (status === "none") return null;
  const { label, tone, Icon } = LABELS[status];
  return (
    <Mark tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
      {label}
    </Mark>
  );
}
