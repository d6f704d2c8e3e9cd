import type { TicketSession } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Mark } from "@/shared/ui/mark";
import { UserText } from "@/shared/ui/user-text";

/** A session of a colleague's: advice, not a lock. */
export function SameTicket({ session: { owner, holder, status, since } }: { session: TicketSession }) {
  const who = holder?.name ?? owner.name;
  const state = holder ? "works on this ticket" : status === "parked" ? "parked this ticket" : "has escalated this ticket";
  return (
    <Mark tone="amber">
      <UserText>{who}</UserText> {state}, since <Age at={since} suffix />.
    </Mark>
  );
}
