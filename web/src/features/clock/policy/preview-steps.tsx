import { useEngineers } from "@/shared/api/engineers";
import type { PreviewedStep } from "@/shared/api/types";
import { dateOf, dayText, timeOf } from "@/shared/ui/local-time";
import { plainText } from "@/shared/ui/plain-text";
import { targetNames } from "@/shared/ui/targets";

import classes from "./policy-preview.module.css";

/** The steps of a preview, in order, each with its time, whom it tells, and who that would be today. */
export function PreviewSteps({ steps, startDay }: { steps: PreviewedStep[]; startDay: string }) {
  const people = useEngineers().data ?? [];
  return (
    <ol className={classes.steps} aria-label="Steps of the preview">
      {steps.map(({ round, level, local_at: at, tell, people: told }, index) => (
        <li key={`${round} ${level}`} className={classes.step}>
          {round > 0 && level === 0 && <p className={classes.round}>Again ({round})</p>}
          <p className={classes.at}>{at === null ? "Never" : timeAt(at, steps[index - 1]?.local_at ?? startDay)}</p>
          <div>
            <p className={classes.who}>{targetNames(tell, people)}</p>
            <p className={classes.words}>
              {told.length > 0 ? told.map(({ name }) => plainText(name)).join(", ") : "Nobody as things are; passed at once"}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Names the day where it is another one than that of the step before. */
function timeAt(at: string, before: string): string {
  return dateOf(at) === dateOf(before) ? timeOf(at) : `${dayText(at)}, ${timeOf(at)}`;
}
