import type { Priority, QueueItem } from "@/shared/api/types";
import { plainText } from "@/shared/ui/plain-text";

import { choicesOf, type QueueFilter } from "./queue-filter";
import classes from "./queue-filters.module.css";

interface Props {
  items: QueueItem[];
  filter: QueueFilter;
  onChange: (filter: QueueFilter) => void;
  /** Whether escalations can be directed to the reader. */
  canBeNamed: boolean;
}

/** The controls that filter the queue. Plain elements: they are on the first screen. */
export function QueueFilters({ items, filter, onChange, canBeNamed }: Props) {
  const { forMe, priority, domain, client } = filter;
  return (
    <div role="group" aria-label="Filter the escalations" className={classes.filters}>
      {canBeNamed && (
        <button
          type="button"
          className={classes.control}
          aria-pressed={forMe}
          onClick={() => onChange({ ...filter, forMe: !forMe })}
        >
          Directed to me
        </button>
      )}
      <Choice
        label="Priority"
        value={priority}
        choices={["urgent", "high", "normal", "low"]}
        onChange={(chosen) => onChange({ ...filter, priority: chosen as Priority | null })}
      />
      <Choice
        label="Domain"
        value={domain}
        choices={choicesOf(items.map((item) => item.problem_domain), domain)}
        onChange={(chosen) => onChange({ ...filter, domain: chosen })}
      />
      <Choice
        label="Client"
        value={client}
        choices={choicesOf(items.map((item) => item.client), client)}
        onChange={(chosen) => onChange({ ...filter, client: chosen })}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string | null;
  choices: string[];
  onChange: (value: string | null) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className={classes.control}
      data-chosen={value !== null || undefined}
      value={value ?? ""}
      disabled={choices.length === 0}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      <option value="">Any {label.toLowerCase()}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {plainText(choice)}
        </option>
      ))}
    </select>
  );
}
