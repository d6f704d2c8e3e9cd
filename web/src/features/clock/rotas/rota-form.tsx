import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type SubmitEvent, useEffect, useRef, useState } from "react";

import fields from "@/features/clock/fields/fields.module.css";
import { FieldGroup } from "@/features/clock/fields/field-group";
import { MergeNote } from "@/features/clock/fields/merge-note";
import { NumberField } from "@/features/clock/fields/number-field";
import { TimeZoneField } from "@/features/clock/fields/time-zone-field";
import { type Weekday, WEEKDAY_NAMES, WEEKDAYS } from "@/features/clock/fields/weekdays";
import type { SavedRota } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";
import form from "@/shared/ui/form.module.css";
import { KeptNote } from "@/shared/ui/kept-note";
import { dateHere, zoneHere } from "@/shared/ui/local-time";
import { ProblemNote } from "@/shared/ui/problem-note";

import { OverrideFields } from "./override-fields";
import { PeopleField } from "./people-field";
import { blankRota, versionOf } from "./rota-draft";
import classes from "./rota-form.module.css";
import { useRotaForm } from "./use-rota-form";

interface Props {
  id: string;
  /** The saved rota; absent for a new one. */
  saved?: SavedRota;
  onSaved: (saved: SavedRota) => void;
  onCancel: () => void;
  onDirtyChange: (isDirty: boolean) => void;
}

const DAILY = "daily";
const HANDOVERS = [{ value: DAILY, label: "Every day" }, ...WEEKDAYS.map((day) => ({ value: day, label: WEEKDAY_NAMES[day] }))];

const newRota = () => ({ version: null, draft: blankRota(zoneHere(), dateHere(new Date(serverNow()))) });

/** A rota as it is edited: people in order, when they hand over, and who is on call out of turn. */
export function RotaForm({ id, saved, onSaved, onCancel, onDirtyChange }: Props) {
  const box = useRef<HTMLFormElement>(null);
  const [blank] = useState(newRota);
  const { draft, change, errorAt, isDirty, ...state } = useRotaForm({ id, saved: saved ? versionOf(saved) : blank, box, onSaved });
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    state.submit();
  };

  return (
    <form ref={box} onSubmit={submit} className={classes.form} autoComplete="off" noValidate>
      <KeptNote omitted={state.omitted} onDiscard={state.discard} />
      <TextInput
        label="Name"
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={errorAt("/name")}
        required
      />
      <TimeZoneField
        description="Handovers and overrides are local times of this zone."
        value={draft.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        error={errorAt("/time_zone")}
      />
      <PeopleField value={draft.people} onChange={(people) => change({ people })} error={errorAt("/people")} />
      <FieldGroup legend="Shifts" hint="The first person's first shift begins at the first handover on or after the start.">
        <div className={fields.numbers}>
          <NativeSelect
            label="Handover"
            data={HANDOVERS}
            value={draft.weekday ?? DAILY}
            onChange={(event) => change({ weekday: event.currentTarget.value === DAILY ? null : (event.currentTarget.value as Weekday) })}
            error={errorAt("/handover/weekday")}
          />
          <TextInput
            label="At"
            type="time"
            value={draft.time}
            onChange={(event) => change({ time: event.currentTarget.value })}
            error={errorAt("/handover/time")}
          />
          <NumberField
            label="Length"
            unit={draft.weekday === null ? "days" : "weeks"}
            value={draft.length}
            onChange={(length) => change({ length })}
            error={errorAt("/length")}
          />
          <TextInput
            label="Start"
            type="date"
            value={draft.startsOn}
            onChange={(event) => change({ startsOn: event.currentTarget.value })}
            error={errorAt("/starts_on")}
          />
        </div>
      </FieldGroup>
      <OverrideFields value={draft.overrides} onChange={(overrides) => change({ overrides })} errorAt={errorAt} />
      <MergeNote what="this rota" merge={state.merge} onLoad={state.load} />
      {state.error && <ProblemNote error={state.error} isShown={state.isShown} />}
      <div className={form.buttons}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={state.isSaving} disabled={!isDirty}>
          {saved ? "Save" : "Add"}
        </Button>
      </div>
    </form>
  );
}
