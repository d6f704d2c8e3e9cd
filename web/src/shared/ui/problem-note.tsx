import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

import { type FieldError, fieldErrors, Problem, sentenceOf } from "@/shared/api/problem";

import { adviceFor } from "./problem-copy";
import classes from "./problem-note.module.css";

interface Props {
  error: Error;
  onRetry?: (() => void) | undefined;
  /** What the button says, where trying again is another thing than asking the same. */
  retryLabel?: string | undefined;
  /** Instead of the usual advice, where the place knows better what to do. */
  action?: string | undefined;
  /** Which errors of a field stand at the field itself already. */
  isShown?: ((error: FieldError) => boolean) | undefined;
}

/** Says what went wrong, what it means and what to do. */
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

/** The API's own sentence, where it says more than the title does, and than the fields that are listed. */
function sentences(error: Error, title: string): string[] {
  if (!(error instanceof Problem) || error.status === 0 || error.status >= 500) return [];
  return error.message === title || fieldErrors(error).length > 0 ? [] : [error.message];
}
