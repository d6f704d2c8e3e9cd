import { TextInput } from "@mantine/core";

import type { QuietHours } from "@/shared/api/types";
import form from "@/shared/ui/form.module.css";
import { zoneHere } from "@/shared/ui/local-time";

const ofThisPlace = (): QuietHours => ({
  time_zone: zoneHere(),
  from: "22:00",
  to: "07:00",
});

/** Hours of every day in which only urgent cases are told of; they may cross midnight. */
export function QuietFields({ quiet, onChange }: { quiet: QuietHours | null; onChange: (quiet: QuietHours | null) => void }) {
  return (
    <>
      <div>
        <label>
          <input
            type="checkbox"
            checked={quiet !== null}
            onChange={(event) => onChange(event.currentTarget.checked ? ofThisPlace() : null)}
          />{" "}
          Quiet hours
        </label>
        <p className={form.hint}>Only urgent cases are sent. What is held back is not sent later.</p>
      </div>
      {quiet && (
        <div className={form.options}>
          <TextInput
            label="From"
            type="time"
            value={quiet.from}
            onChange={(event) => onChange({ ...quiet, from: event.currentTarget.value })}
            required
          />
          <TextInput
            label="Until"
            type="time"
            value={quiet.to}
            onChange={(event) => onChange({ ...quiet, to: event.currentTarget.value })}
            required
          />
          <TextInput
            label="Time zone"
            value={quiet.time_zone}
            onChange={(event) => onChange({ ...quiet, time_zone: event.currentTarget.value })}
            required
          />
        </div>
      )}
    </>
  );
}
