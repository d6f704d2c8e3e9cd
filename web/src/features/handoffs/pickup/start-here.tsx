import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

import type { Handoff } from "@/shared/api/types";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./pickup-footer.module.css";

interface Props {
  handoff: Handoff;
  starting: boolean;
  error: Error | null;
  onStart: () => void;
}

/** The button that claims the handoff. It has the focus when the screen opens. */
export function StartHere({ handoff, starting, error, onStart }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);

  return (
    <>
      {error && <ProblemNote error={error} onRetry={onStart} />}
      <div className={classes.row}>
        <p className={classes.words}>
          {handoff.intent === "escalate" ? "The session becomes yours; " : "You carry on in this session; "}
          <UserText>{handoff.from.name}</UserText> is told.
        </p>
        <Button
          ref={button}
          size="lg"
          className={classes.start}
          rightSection={<IconArrowRight size={20} aria-hidden="true" />}
          loading={starting}
          onClick={onStart}
          data-autofocus
        >
          Start here
        </Button>
      </div>
    </>
  );
}
