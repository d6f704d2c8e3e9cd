import { IconAlertTriangle, IconCheck, IconClock } from "@tabler/icons-react";

import type { Handoff, TicketNotes } from "@/shared/api/types";
import { Mark, type Tone } from "@/shared/ui/mark";

type Status = NonNullable<TicketNotes["status"]>;

const LOOKS: Record<Exclude<Status, "none">, { word: string; tone: Tone; Icon: typeof IconCheck }> = {
  pending: { word: "Ticket note on its way", tone: "quiet", Icon: IconClock },
  sent: { word: "Ticket note written", tone: "quiet", Icon: IconCheck },
  failed: { word: "Ticket note failed", tone: "red", Icon: IconAlertTriangle },
};

/** The status of the ticket note; nothing where the session has no ticket. */
export function TicketNoteMark({ handoff }: { handoff: Handoff }) {
  const { status = "none" } = handoff.ticket_notes;
  if (status === "none") return null;
  const { word, tone, Icon } = LOOKS[status];
  return (
    <Mark tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
      {word}
    </Mark>
  );
}
