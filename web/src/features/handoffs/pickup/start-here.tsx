import { Button } from "@mantine/core";

import type { Handoff } from "@/shared/api/types";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./pickup-footer.module.css";
import { useStartKeys } from "./use-start-keys";

interface Props {
  handoff: Handoff;
  starting: boolean;
  error: Error | null;
  onStart: () => void;
}

/** The button that claims the handoff, also by `S` or Ctrl+Enter. It never has the first focus. */
export function StartHere({ handoff, starting, error, onStart }: Props) {
  const start = () => {
    if (!starting) onStart();
  };
  const isMeant = useStartKeys(start);

  return (
    <>
      {error && <ProblemNote error={error} onRetry={onStart} />}
      <div className={classes.row}>
        <p className={classes.words}>
          {handoff.intent === "escalate" ? "The session becomes yours; " : "You carry on in this session; "}
          <UserText>{handoff.from.name}</UserText> is told.
        </p>
        <Button
          size="lg"
          className={classes.start}
          rightSection={
            <kbd className={classes.key} aria-hidden="true">
              S
            </kbd>
          }
          aria-keyshortcuts="S Control+Enter"
          loading={starting}
          onClick={(event) => {
            if (isMeant(event)) start();
          }}
        >
          Start here
        </Button>
      </div>
    </>
  );
}
