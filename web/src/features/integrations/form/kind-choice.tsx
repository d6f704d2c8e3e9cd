import { KINDS, PSA_KINDS } from "@/features/integrations/psa-kinds";
import type { PsaKind } from "@/shared/api/types";

import classes from "./integration-form.module.css";

/** The kind of ticket system. It cannot be changed after it was saved. */
export function KindChoice({ value, onChange }: { value: PsaKind; onChange: (kind: PsaKind) => void }) {
  return (
    <fieldset className={classes.kinds}>
      <legend className={classes.legend}>Ticket system</legend>
      {KINDS.map((kind) => (
        <label key={kind} className={classes.kind}>
          <input type="radio" name="kind" value={kind} checked={kind === value} onChange={() => onChange(kind)} />
          {PSA_KINDS[kind].label}
        </label>
      ))}
    </fieldset>
  );
}
