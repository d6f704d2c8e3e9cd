import type { LadderReadiness, ReachSpan } from "@/shared/api/types";

import classes from "./readiness.module.css";
import { ladderName, reachedText, spanText, stepRemark } from "./readiness-words";

/** The readiness forecast of one ladder, span by span. */
export function LadderSpans({ ladder }: { ladder: LadderReadiness }) {
  const name = ladderName(ladder);
  return (
    <section aria-label={name} className={classes.ladder}>
      <h2 className={classes.heading}>{name}</h2>
      <p className={classes.words}>
        {ladder.around_the_clock ? "Around the clock." : "In working hours; between these spans it waits."}
        {ladder.spans.length === 0 && " It never opens in these seven days."}
      </p>
      <ol className={classes.spans}>
        {ladder.spans.map((span) => (
          <li key={span.begins_at} className={classes.span}>
            <h3 className={classes.when}>{spanText(span)}</h3>
            <Steps span={span} afterMin={ladder.after_min} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Steps({ span, afterMin }: { span: ReachSpan; afterMin: number[] }) {
  return (
    <ol className={classes.steps}>
      {span.steps.map((step) => {
        const remark = stepRemark(step);
        return (
          <li key={step.level} data-wrong={step.is_wrong || undefined}>
            <span className={classes.quiet}>{`Step ${step.level + 1}, ${afterText(afterMin[step.level] ?? 0)}: `}</span>
            <span>{reachedText(step)}</span>
            {remark && <span className={classes.quiet}>{` (${remark})`}</span>}
          </li>
        );
      })}
    </ol>
  );
}

const afterText = (minutes: number): string => (minutes === 0 ? "at once" : `after ${minutes} min`);
