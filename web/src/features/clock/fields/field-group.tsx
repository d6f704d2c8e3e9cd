import type { ReactNode } from "react";

import plain from "@/shared/ui/fieldset.module.css";
import visuallyHidden from "@/shared/ui/visually-hidden.module.css";

import classes from "./fields.module.css";

interface Props {
  legend: string;
  /** For screen readers only, where the place says what it is. */
  isLegendHidden?: boolean;
  hint?: string;
  /** An error of the group, which belongs to none of its fields. */
  error?: string | null;
  children: ReactNode;
}

/** Fields that belong together, with a legend, a hint and an error of their own. */
export function FieldGroup({ legend, isLegendHidden = false, hint, error = null, children }: Props) {
  return (
    <fieldset className={plain.plain}>
      <legend className={isLegendHidden ? visuallyHidden.hidden : plain.legend}>{legend}</legend>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
