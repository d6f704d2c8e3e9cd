import { NativeSelect, TextInput } from "@mantine/core";

import { DateList } from "@/features/clock/fields/date-list";
import classes from "@/features/clock/fields/fields.module.css";
import { FieldGroup } from "@/features/clock/fields/field-group";
import { HoursFields } from "@/features/clock/fields/hours-fields";
import { useEngineers } from "@/shared/api/engineers";
import { usePersonWords } from "@/shared/api/person-words";
import { targetName, targetOf } from "@/shared/ui/targets";

import { LadderFields } from "./ladder-fields";
import { NationalHolidays } from "./national-holidays";
import { type ClientDraft, newStep, type PolicyDraft } from "./policy-draft";
import type { Errors } from "./use-policy-form";

export interface ClientFieldsProps {
  client: ClientDraft;
  onChange: (part: Partial<ClientDraft>) => void;
  /** The account's rules, which apply where the client has none of its own. */
  account: PolicyDraft;
  pointer: string;
  errors: Errors;
}

const MATCHES = [
  { name: "client", label: "Name or id", description: "As the ticket system has it" },
  { name: "contract", label: "Contract", description: "All clients on it" },
  { name: "type", label: "Type", description: "All clients of it" },
] as const;

/** Which clients the rules are for, and what differs for them. */
export function ClientFields({ client, onChange, account, pointer, errors }: ClientFieldsProps) {
  return (
    <>
      <FieldGroup
        legend="Which clients"
        hint="Every field that is filled in has to match; case does not matter."
        error={errors.of(`${pointer}/match`) ?? errors.of(pointer)}
      >
        <div className={classes.numbers}>
          {MATCHES.map(({ name, label, description }) => (
            <TextInput
              key={name}
              label={label}
              description={description}
              autoComplete="off"
              value={client.match[name]}
              onChange={(event) => onChange({ match: { ...client.match, [name]: event.currentTarget.value } })}
              error={errors.at(`${pointer}/match/${name}`) ?? (name === "client" && errors.of(`${pointer}/match`) !== null)}
            />
          ))}
        </div>
      </FieldGroup>
      <div className={classes.numbers}>
        <NativeSelect
          label="Around the clock"
          data={[
            { value: "account", label: "As the priority says" },
            { value: "yes", label: "Always" },
            { value: "no", label: "Never" },
          ]}
          value={client.aroundTheClock}
          onChange={(event) => onChange({ aroundTheClock: event.currentTarget.value as ClientDraft["aroundTheClock"] })}
          error={errors.at(`${pointer}/around_the_clock`)}
        />
        <SeniorField client={client} onChange={onChange} error={errors.at(`${pointer}/senior`)} />
        <NativeSelect
          label="AI"
          description="When off, nothing of the case leaves for the model"
          data={[
            { value: "account", label: `As the account (${account.ai})` },
            { value: "on", label: "On" },
            { value: "off", label: "Off" },
          ]}
          value={client.ai}
          onChange={(event) => onChange({ ai: event.currentTarget.value as ClientDraft["ai"] })}
          error={errors.at(`${pointer}/ai`)}
        />
      </div>
      <ClientCalendar client={client} onChange={onChange} account={account} pointer={pointer} errors={errors} />
    </>
  );
}

function SeniorField({ client, onChange, error }: Pick<ClientFieldsProps, "client" | "onChange"> & { error: string | null }) {
  const people = useEngineers().data ?? [];
  const wordsOf = usePersonWords();
  const isKnown = client.senior === "" || people.some(({ id }) => id === client.senior);
  const gone = isKnown ? [] : [{ value: client.senior, label: targetName(targetOf(client.senior), people) }];
  return (
    <NativeSelect
      label="Told first"
      description="Before everybody else in the first step"
      data={[{ value: "", label: "Nobody in particular" }, ...gone, ...people.map((one) => ({ value: one.id, label: wordsOf(one) }))]}
      value={client.senior}
      onChange={(event) => onChange({ senior: event.currentTarget.value })}
      error={error}
    />
  );
}

/** Hours, holidays and steps of the client's own; each begins as a copy of what the account has. */
function ClientCalendar({ client, onChange, account, pointer, errors }: ClientFieldsProps) {
  const { hours, holidays, ladder } = client;
  const stepsOfAccount = () => account.priorities.normal.ladder.map(({ afterMin, tell }) => newStep(afterMin, tell));
  return (
    <>
      <Own label="Working hours of their own" isOn={hours !== null} onSwitch={(isOn) => onChange({ hours: isOn ? account.hours : null })} />
      {hours && (
        <HoursFields
          value={hours}
          onChange={(changed) => onChange({ hours: changed })}
          errorAt={(day) => errors.at(`${pointer}/working_hours/${day}`)}
          error={errors.of(`${pointer}/working_hours`)}
        />
      )}
      <Own label="Holidays of their own" isOn={holidays !== null} onSwitch={(isOn) => onChange({ holidays: isOn ? account.holidays : null })} />
      {holidays && (
        <>
          <DateList value={holidays} onChange={(dates) => onChange({ holidays: dates })} error={errors.at(`${pointer}/holidays`)} />
          <NationalHolidays dates={holidays} onChange={(dates) => onChange({ holidays: dates })} />
        </>
      )}
      <Own
        label="Steps of their own, for every priority"
        isOn={ladder !== null}
        onSwitch={(isOn) => onChange({ ladder: isOn ? stepsOfAccount() : null })}
      />
      {ladder && (
        <LadderFields steps={ladder} onChange={(steps) => onChange({ ladder: steps })} pointer={`${pointer}/ladder`} errors={errors} />
      )}
    </>
  );
}

function Own({ label, isOn, onSwitch }: { label: string; isOn: boolean; onSwitch: (isOn: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={(event) => onSwitch(event.currentTarget.checked)} /> {label}
    </label>
  );
}
