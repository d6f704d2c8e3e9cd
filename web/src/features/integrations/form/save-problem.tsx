import { type FieldError, Problem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/problem-note";

interface Props {
  error: Error;
  isShown: (error: FieldError) => boolean;
  onReload: (() => void) | undefined;
}

/** Why an integration was not saved. After a conflict, the other person's version has to be loaded before it is replaced. */
export function SaveProblem({ error, isShown, onReload }: Props) {
  const isOvertaken = error instanceof Problem && error.code === "invalid_state";
  if (!isOvertaken) return <ProblemNote error={error} isShown={isShown} />;
  return (
    <ProblemNote
      error={error}
      action="Load it again and make your change again; what you typed here is not kept."
      onRetry={onReload}
      retryLabel="Load again"
    />
  );
}
