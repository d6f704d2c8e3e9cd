import type { Assessment, Step, StepResult } from "@/shared/api/types";
import { LIMITS } from "@/shared/ui/limits";
import { Mark } from "@/shared/ui/mark";
import { beginning, oneLine, plainText } from "@/shared/ui/plain-text";
import { ProblemNote } from "@/shared/ui/problem-note";
import { ResultMark, RESULTS } from "@/shared/ui/result-mark";
import { UserText } from "@/shared/ui/user-text";

import { gist } from "./action-gist";
import classes from "./handoff-rail.module.css";
import type { SuggestionRecorder } from "./handoff-rail";

type Suggestion = Assessment["suggested_steps"][number];

interface Props {
  suggestions: Suggestion[];
  steps: Step[];
  recorder: SuggestionRecorder | null;
}

const CHOICES = Object.keys(RESULTS) as StepResult[];

/** The suggested steps. One click says what came of one, and records it as a step of the session. */
export function SuggestedSteps({ suggestions, steps, recorder }: Props) {
  if (suggestions.length === 0) return null;
  return (
    <section aria-label="Suggested steps">
      <h2 className={classes.heading}>AI: suggested steps</h2>
      {recorder?.error && <ProblemNote error={recorder.error} />}
      <ol className={classes.suggestions}>
        {suggestions.map((suggestion, index) => {
          const action = beginning(plainText(suggestion.text), LIMITS.paragraph);
          const taken = steps.findLast((step) => gist(step.action) === gist(action));
          return (
            <li key={index}>
              <UserText className={classes.action}>{suggestion.text}</UserText>
              {suggestion.why && <UserText className={classes.why}>{suggestion.why}</UserText>}
              {taken && <ResultMark result={taken.result} />}
              {!taken && suggestion.already_tried && (
                <Mark tone="amber" badge small>
                  Already tried
                </Mark>
              )}
              {!taken && recorder && <Results action={action} recorder={recorder} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Results({ action, recorder }: { action: string; recorder: SuggestionRecorder }) {
  return (
    <div role="group" aria-label={`What came of: ${oneLine(action)}`} className={classes.results}>
      {CHOICES.map((result) => {
        const { label, tone, Icon } = RESULTS[result];
        return (
          <button
            key={result}
            type="button"
            className={classes.result}
            data-tone={tone}
            disabled={recorder.isPending}
            onClick={() => recorder.onRecord(action, result)}
          >
            <Icon size={14} stroke={2.5} aria-hidden="true" />
            {label}
          </button>
        );
      })}
      <button type="button" className={classes.result} disabled={recorder.isPending} onClick={() => recorder.onFill(action)}>
        With a finding…
      </button>
    </div>
  );
}
