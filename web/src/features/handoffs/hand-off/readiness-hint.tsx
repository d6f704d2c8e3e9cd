import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { VisuallyHidden } from "@mantine/core";

import type { Check } from "./readiness";
import classes from "./readiness-hint.module.css";

/** The readiness checks, updated while the notes are typed. */
export function ReadinessHint({ checks }: { checks: Check[] }) {
  const met = checks.filter((check) => check.met).length;
  return (
    <div className={classes.hint}>
      <p className={classes.title} role="status">
        {met === checks.length ? "Ready to hand off" : `${met} of ${checks.length} that help the next person`}
      </p>
      <ul className={classes.checks}>
        {checks.map(({ label, met: isMet }) => (
          <li key={label} data-met={isMet || undefined}>
            {isMet ? <IconCircleCheckFilled size={16} aria-hidden="true" /> : <IconCircle size={16} aria-hidden="true" />}
            {label}
            <VisuallyHidden>{isMet ? ": yes" : ": not yet"}</VisuallyHidden>
          </li>
        ))}
      </ul>
    </div>
  );
}
