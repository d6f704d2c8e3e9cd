import { Button } from "@mantine/core";
import { useState } from "react";

import { useKeep } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { exactTime, timeOfDay } from "@/shared/ui/age-text";
import { useNow } from "@/shared/ui/clock";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./idle-question.module.css";
import { WaitForm } from "./wait-form";

interface Props {
  handoff: Handoff;
  meId: string;
  onReturn: () => void;
}

/** The clock's question to the holder of a quiet claim, with its three answers; and what they said that they wait for. */
export function IdleQuestion({ handoff, meId, onReturn }: Props) {
  const keepMutation = useKeep();
  const [isWaiting, setIsWaiting] = useState(false);
  const nowMs = useNow();
  const { asked_at, waiting } = handoff;
  if (handoff.status !== "claimed" || handoff.claimed_by?.id !== meId || (!asked_at && !waiting)) return null;
  return (
    <section aria-label="Still on it?" className={classes.question}>
      {waiting ? (
        <p>
          <span className={classes.title} title={exactTime(waiting.until)}>
            Waiting until {timeOfDay(waiting.until, nowMs)}
          </span>{" "}
          ·{" "}
          <UserText>{waiting.reason}</UserText>
        </p>
      ) : (
        <p>
          <span className={classes.title}>Still on it?</span> Without an answer the session goes back to the queue.
        </p>
      )}
      <div className={classes.answers}>
        <Button size="xs" loading={keepMutation.isPending} onClick={() => keepMutation.mutate(handoff)}>
          {waiting ? "Back on it" : "Keep"}
        </Button>
        <Button size="xs" variant="default" aria-expanded={isWaiting} onClick={() => setIsWaiting(!isWaiting)}>
          Waiting until…
        </Button>
        <Button size="xs" variant="default" onClick={onReturn}>
          Return to queue…
        </Button>
      </div>
      {isWaiting && <WaitForm handoff={handoff} onDone={() => setIsWaiting(false)} />}
      {keepMutation.isError && <ProblemNote error={keepMutation.error} />}
    </section>
  );
}
