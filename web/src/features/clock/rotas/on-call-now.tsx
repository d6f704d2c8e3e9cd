import type { Duty } from "@/shared/api/types";
import { dayText, timeOf, zoneNote } from "@/shared/ui/local-time";
import { UserText } from "@/shared/ui/user-text";

import classes from "./rota-view.module.css";

/** Who is on call now, and until when on the clocks of the rota's zone. */
export function OnCallNow({ duty, zone }: { duty: Duty | undefined; zone: string }) {
  if (!duty) return null;
  const { person, local_until: until } = duty;
  const end = until && `${dayText(until)}, ${timeOf(until)}${zoneNote(until, zone)}`;
  return (
    <p className={classes.now}>
      {person ? (
        <>
          <strong>
            <UserText>{person.name}</UserText>
          </strong>{" "}
          is on call{end && ` until ${end}`}
        </>
      ) : (
        `Nobody is on call${end ? ` until ${end}` : ""}`
      )}
    </p>
  );
}
