import { Button } from "@mantine/core";
import { type SubmitEvent, useEffect, useRef } from "react";

import { DateList } from "@/features/clock/fields/date-list";
import numbers from "@/features/clock/fields/fields.module.css";
import { HoursFields } from "@/features/clock/fields/hours-fields";
import { MergeNote } from "@/features/clock/fields/merge-note";
import { NumberField } from "@/features/clock/fields/number-field";
import { TimeZoneField } from "@/features/clock/fields/time-zone-field";
import type { SavedPolicy } from "@/shared/api/types";
import { FormPart } from "@/shared/ui/form-part";
import parts from "@/shared/ui/form-parts.module.css";
import { KeptNote } from "@/shared/ui/kept-note";
import { ProblemNote } from "@/shared/ui/problem-note";

import { ClientList } from "./client-list";
import { NationalHolidays } from "./national-holidays";
import { PRIORITIES } from "./policy-draft";
import classes from "./policy-form.module.css";
import { PolicyPreview } from "./policy-preview";
import { PriorityFields } from "./priority-fields";
import { usePolicyForm } from "./use-policy-form";

interface Props {
  saved: SavedPolicy;
  /** Called with whether there are changes that are not saved. */
  onDirtyChange: (isDirty: boolean) => void;
}

/** The policy as it is edited, and its preview beside it. */
export function PolicyForm({ saved, onDirtyChange }: Props) {
  const box = useRef<HTMLFormElement>(null);
  const { draft, change, errors, isDirty, ...form } = usePolicyForm(saved, box);
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    form.submit();
  };

  return (
    <div className={classes.columns}>
      <form ref={box} onSubmit={submit} className={parts.form} autoComplete="off" noValidate>
        <KeptNote omitted={form.omitted} onDiscard={form.discard} />
        {form.isDefault && <p className={parts.words}>Nothing was set yet. These are the defaults, and they are in force.</p>}
        <FormPart title="Working time" words="Minutes of a priority that is not around the clock pass in these hours only.">
          <TimeZoneField
            description="Hours and holidays are local times of this zone."
            value={draft.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            error={errors.at("/time_zone")}
          />
          <HoursFields
            value={draft.hours}
            onChange={(hours) => change({ hours })}
            errorAt={(day) => errors.at(`/working_hours/${day}`)}
            error={errors.of("/working_hours")}
          />
          <DateList value={draft.holidays} onChange={(holidays) => change({ holidays })} error={errors.at("/holidays")} />
          <NationalHolidays dates={draft.holidays} onChange={(holidays) => change({ holidays })} />
        </FormPart>
        <FormPart title="Priorities" words="What happens to an escalation, by its priority.">
          <div className={classes.folds}>
            {PRIORITIES.map((priority) => (
              <PriorityFields
                key={priority}
                priority={priority}
                rules={draft.priorities[priority]}
                onChange={(rules) => change({ priorities: { ...draft.priorities, [priority]: rules } })}
                errors={errors}
              />
            ))}
          </div>
          <div className={numbers.numbers}>
            <NumberField
              label="Directed to one person for"
              unit="min"
              description="Then it opens to all seniors"
              value={draft.directForMin}
              onChange={(directForMin) => change({ directForMin })}
              error={errors.at("/direct_for_min")}
            />
          </div>
        </FormPart>
        <FormPart title="Clients" words="Rules for individual clients. If several match, the first one applies; what it leaves open follows the rules above.">
          <ClientList draft={draft} onChange={(clients) => change({ clients })} errors={errors} />
        </FormPart>
        <FormPart title="AI" words="When off, nothing of a case leaves for the model, unless its client has AI on.">
          <label>
            <input
              type="checkbox"
              checked={draft.ai === "on"}
              onChange={(event) => change({ ai: event.currentTarget.checked ? "on" : "off" })}
            />{" "}
            Use AI for answers and assessments
          </label>
        </FormPart>
        <MergeNote what="the policy" merge={form.merge} onLoad={form.load} />
        {form.error && <ProblemNote error={form.error} isShown={form.isShown} />}
        {form.troubles.length > 0 && (
          <p role="alert" className={classes.error}>
            Nothing was saved: correct the fields that are marked.
          </p>
        )}
        <div className={classes.save}>
          <span className={classes.state}>{isDirty ? "Changes that are not saved" : ""}</span>
          {isDirty && (
            <Button variant="default" onClick={form.discard}>
              Discard
            </Button>
          )}
          <Button type="submit" loading={form.isSaving} disabled={!isDirty}>
            Save
          </Button>
        </div>
      </form>
      <aside className={classes.side}>
        <PolicyPreview draft={draft} />
      </aside>
    </div>
  );
}
