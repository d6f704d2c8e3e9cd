import { WEEKDAY_NAMES, WEEKDAYS } from "@/features/clock/fields/weekdays";
import type { Shift } from "@/shared/api/types";
import { dateOf, timeOf } from "@/shared/ui/local-time";
import { UserText } from "@/shared/ui/user-text";
import visuallyHidden from "@/shared/ui/visually-hidden.module.css";

import { monthName, shiftsOn, weeksOf } from "./months";
import classes from "./rota-view.module.css";
import { TakeShift } from "./take-shift";

export interface ShiftsProps {
  rotaId: string;
  /** The rota's time zone. */
  zone: string;
  month: string;
  shifts: Shift[];
}

/** A month's shifts as a table: a row for each week, in each day who is on call, from when. */
export function ShiftTable({ rotaId, zone, month, shifts }: ShiftsProps) {
  return (
    <table className={classes.table}>
      <caption className={visuallyHidden.hidden}>Shifts of {monthName(month)}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col" abbr={WEEKDAY_NAMES[day]}>
              {WEEKDAY_NAMES[day].slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, index) => (
              <td key={day ?? index} data-outside={day === null || undefined}>
                {day && (
                  <>
                    <time dateTime={day} className={classes.date}>
                      {Number(day.slice(8))}
                    </time>
                    <ul>
                      {shiftsOn(shifts, day).map((shift) => (
                        <li key={shift.begins_at} className={classes.cell} data-override={shift.is_override || undefined}>
                          <UserText>{shift.person.name}</UserText>
                          {dateOf(shift.local_begins_at) === day && (
                            <>
                              <span className={classes.words}> from {timeOf(shift.local_begins_at)}</span>
                              <TakeShift rotaId={rotaId} zone={zone} shift={shift} />
                            </>
                          )}
                        </li>
                      ))}
                    </ul>
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
