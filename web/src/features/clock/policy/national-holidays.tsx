import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";

import { useNationalHolidays } from "@/features/clock/api/queries";
import classes from "@/features/clock/fields/fields.module.css";
import { FieldGroup } from "@/features/clock/fields/field-group";
import { plainText } from "@/shared/ui/plain-text";
import { ProblemNote } from "@/shared/ui/problem-note";

interface Props {
  dates: string[];
  onChange: (dates: string[]) => void;
}

const COUNTRIES = new Intl.DisplayNames(["en"], { type: "region" });
const NO_COUNTRY = { part: "", also: [] as string[] };

/** Takes over the national holidays of a country, or of a part of it, as dates. */
export function NationalHolidays({ dates, onChange }: Props) {
  const [country, setCountry] = useState("");
  const [{ part, also }, setChoice] = useState(NO_COUNTRY);
  const countries = useNationalHolidays({}).data?.countries ?? [];
  const found = useNationalHolidays({ country, part, also: also.join(",") });
  const chosen = country === "" ? undefined : found.data;
  const added = (chosen?.items ?? []).map(({ date }) => date).filter((date) => !dates.includes(date));
  const toggle = (category: string) =>
    setChoice({ part, also: also.includes(category) ? also.filter((one) => one !== category) : [...also, category] });
  return (
    <FieldGroup
      legend="National holidays"
      hint="Added as dates for this year and the next two. Later changes of the law or of FlowPilot change none of them."
      error={null}
    >
      <div className={classes.inline}>
        <NativeSelect
          aria-label="Country"
          value={country}
          data={[
            { value: "", label: "Choose a country" },
            ...countries
              .map((code) => ({ value: code, label: COUNTRIES.of(code) ?? code }))
              .sort((one, other) => one.label.localeCompare(other.label)),
          ]}
          onChange={(event) => {
            setCountry(event.currentTarget.value);
            setChoice(NO_COUNTRY);
          }}
        />
        {chosen && chosen.parts.length > 0 && (
          <NativeSelect
            aria-label="Part of the country"
            value={part}
            data={[
              { value: "", label: "Whole country: nationwide holidays only" },
              ...chosen.parts.map(({ code, name }) => ({ value: code, label: plainText(name) })),
            ]}
            onChange={(event) => setChoice({ part: event.currentTarget.value, also })}
          />
        )}
        <Button variant="default" disabled={added.length === 0} onClick={() => onChange([...dates, ...added].sort())}>
          {added.length === 0 && chosen && chosen.items.length > 0 ? "All are there" : addWords(added.length)}
        </Button>
      </div>
      {chosen && chosen.also.length > 0 && (
        <div className={classes.also}>
          {chosen.also.map((category) => (
            <label key={category} className={classes.choice}>
              <input type="checkbox" checked={also.includes(category)} onChange={() => toggle(category)} />
              Also: {category.replaceAll("_", " ")}
            </label>
          ))}
        </div>
      )}
      {chosen && <p className={classes.hint}>{[...new Set(chosen.items.map(({ name }) => plainText(name)))].join(", ")}</p>}
      {country !== "" && found.isError && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
    </FieldGroup>
  );
}

const addWords = (count: number) => (count === 0 ? "Add days" : `Add ${count} ${count === 1 ? "day" : "days"}`);
