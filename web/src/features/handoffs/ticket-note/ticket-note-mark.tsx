import { IconAlertTriangle, IconCheck, IconClock } from "@tabler/icons-react";

import type { Handoff, Session, TicketNotes } from "@/shared/api/types";
import { Mark, type Tone } from "@/shared/ui/mark";

type Status = NonNullable<TicketNotes["status"]>;

const LABELS: Record<Exclude<Status, "none">, { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  pending: { label: "Ticket note on its way", tone: "quiet", Icon: IconClock },
  sent: { label: "Ticket note written", tone: "quiet", Icon: IconCheck },
  failed: { label: "Ticket note failed", tone: "red", Icon: IconAlertTriangle },
};

/** The status of the ticket note of a handoff, or of a session that has none; nothing where there is no note. */
export function TicketNoteMark({ of }: { of: Handoff | Session }) {
  const { status = "none" } = of.ticket_notes;
  if (status === "none") return null;
  const { label, tone, Icon } = LABELS[status];
  return (
    <Mark tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
      {label}
    </Mark>
  );
}
