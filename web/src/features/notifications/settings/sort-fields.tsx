import type { NotificationSettings } from "@/shared/api/types";
import form from "@/shared/ui/form.module.css";

import { LeastPriority } from "./least-priority";
import classes from "./sort-fields.module.css";

export type Rule = NonNullable<NotificationSettings["rules"]["mine"]>;

interface Props {
  label: string;
  about: string;
  rule: Rule;
  /** Whether push messages can be sent at all. */
  hasPush: boolean;
  /** Whether SMS can be sent to the person. */
  hasSms: boolean;
  onChange: (rule: Rule) => void;
}

/** From which priority up one sort of event is told, by each kind of message. */
export function SortFields({ label, about, rule, hasPush, hasSms, onChange }: Props) {
  return (
    <fieldset className={classes.sort}>
      <legend className={classes.label}>{label}</legend>
      <p className={form.hint}>{about}</p>
      <div className={classes.kinds}>
        <LeastPriority label="By e-mail" value={rule.email} onChange={(email) => onChange({ ...rule, email })} />
        {hasPush && (
          <LeastPriority label="By push message" value={rule.push ?? null} onChange={(push) => onChange({ ...rule, push })} />
        )}
        {hasSms && <LeastPriority label="By SMS" value={rule.sms ?? null} onChange={(sms) => onChange({ ...rule, sms })} />}
      </div>
    </fieldset>
  );
}
