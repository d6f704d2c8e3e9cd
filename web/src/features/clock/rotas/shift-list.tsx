import { dayText, timeOf } from "@/shared/ui/local-time";
import { UserText } from "@/shared/ui/user-text";

import classes from "./rota-view.module.css";
import type { ShiftsProps } from "./shift-table";
import { TakeShift } from "./take-shift";

/** A month's shifts as a list, for narrow screens. */
export function ShiftList({ rotaId, zone, shifts }: ShiftsProps) {
  if (shifts.length === 0) return <p className={classes.words}>Nobody is on call in this month.</p>;
  return (
    <ol className={classes.list} aria-label="Shifts">
      {shifts.map((shift) => (
        <li key={shift.begins_at} className={classes.shift}>
          <div>
            <UserText>{shift.person.name}</UserText>
            <p className={classes.words}>
              {dayText(shift.local_begins_at)}, {timeOf(shift.local_begins_at)} – {dayText(shift.local_ends_at)}, {timeOf(shift.local_ends_at)}
              {shift.is_override && " · override"}
            </p>
          </div>
          <TakeShift rotaId={rotaId} zone={zone} shift={shift} />
        </li>
      ))}
    </ol>
  );
}
