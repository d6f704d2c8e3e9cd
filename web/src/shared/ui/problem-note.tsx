import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

import { type FieldError, fieldErrors, Problem, sentenceOf } from "@/shared/api/problem";

import { adviceFor } from "./problem-copy";
import classes from "./problem-note.module.css";

interface Props {
  error: Error;
  onRetry?: (() => void) | undefined;
  /** The button's label, where the retry is not a repetition of the same request. */
  retryLabel?: string | undefined;
  /** Replaces the advice that belongs to the problem's code. */
  action?: string | undefined;
  /** Whether a field error is already shown at its field. */
  isShown?: ((error: FieldError) => boolean) | undefined;
}

/** Shows what went wrong and what to do. */
export function ProblemNote({ error, onRetry, retryLabel = "Try again", action, isShown = () => false }: Props) {
  const advice = adviceFor(error);
  const fields = fieldErrors(error)
    .filter((one) => !isShown(one))
    .map(sentenceOf);
  return (
    <div role="alert" className={classes.note}>
      <IconAlertTriangle size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{advice.title}</p>
        <p>{[...sentences(error, advice.title), action ?? advice.action].join(" ")}</p>
        {fields.length > 0 && <ul className={classes.fields}>{fields.map((field) => <li key={field}>{field}</li>)}</ul>}
      </div>
      {onRetry && (
        <Button variant="default" size="xs" onClick={onRetry}>
          {retryLabel}
        </Button>
      )}
    </div>
  );
}

/** The API's detail, unless it repeats the title or the field errors listed below. */
function sentences(error: Error, title: string): string[] {
  if (!(error instanceof Problem) || error.status === 0 || error.status >= 500) return [];
  return error.message === title || fieldErrors(error).length > 0 ? [] : [error.message];
}
