import type { Handoff } from "@/shared/api/types";
import { useFold } from "@/shared/ui/use-fold";
import { UserText } from "@/shared/ui/user-text";

import { rankOfSteps } from "./deciding-steps";
import { HandoffNotes } from "./handoff-notes";
import { StepList } from "./step-list";
import classes from "./tried-section.module.css";

/** What people wrote for each other, newest first, and the steps. */
export function TriedSection({ handoff }: { handoff: Handoff }) {
  const { snapshot } = handoff;
  const ranks = rankOfSteps(handoff);
  const { placeOf, button } = useFold(snapshot.steps.length, { wide: 4, narrow: 2, what: "steps" });
  return (
    <section aria-labelledby="tried" className={classes.section}>
      <header className={classes.head}>
        <h2 id="tried" className={classes.heading}>
          What has been tried
        </h2>
        <span className={classes.none}>{snapshot.step_count === 1 ? "1 step" : `${snapshot.step_count} steps`}</span>
      </header>
      {handoff.suspicion && (
        <p className={classes.suspicion}>
          <strong>Suspects:</strong> <UserText>{handoff.suspicion}</UserText>
        </p>
      )}
      <HandoffNotes handoff={handoff} isFolded />
      {snapshot.steps.length === 0 && <p className={classes.none}>No steps were recorded.</p>}
      <StepList steps={snapshot.steps} placeOf={(step) => placeOf(ranks.get(step.seq) ?? 0)} />
      {button}
      {snapshot.omitted > 0 && <p className={classes.none}>{omittedText(snapshot.omitted)}</p>}
    </section>
  );
}

function omittedText(omitted: number): string {
  const entries = omitted === 1 ? "1 older entry is" : `${omitted} older entries are`;
  return `${entries} left out here; the session has everything.`;
}
