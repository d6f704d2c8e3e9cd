import { Button } from "@mantine/core";
import { useRef, useState } from "react";

import { directionOf } from "@/shared/ui/direction";
import type { Handoff } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import { DeclineButton } from "./decline-button";
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
  const [isDeclining, setIsDeclining] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // Keys that are meant for the dialog claim nothing.
  const isMeant = useStartKeys(button, () => {
    if (!isDeclining) start();
  });
  const now = useNow();
  const direction = handoff.status === "unclaimed" ? directionOf(handoff, now) : null;

  return (
    <>
      {error && <ProblemNote error={error} onRetry={onStart} />}
      <div className={classes.row}>
        <p className={`${classes.words} ${classes.told}`}>
          {handoff.intent === "escalate" ? "The session becomes yours; " : "You carry on in this session; "}
          <UserText>{handoff.from.name}</UserText> is told.
        </p>
        {/* It stays while it is open: the direction may end above what is being typed. */}
        {(isDeclining || direction !== null) && <DeclineButton handoff={handoff} isOpen={isDeclining} onToggle={setIsDeclining} />}
        <Button
          ref={button}
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
