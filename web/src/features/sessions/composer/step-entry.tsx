import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { useEffect, useRef } from "react";

import type { useRecordStep } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import classes from "./composer.module.css";
import { OutcomeChoice } from "./outcome-choice";
import { onEnter } from "./submit-key";
import type { Composer } from "./use-composer";

function hintFor(isWaiting: boolean, needsOutcome: boolean): string {
  if (isWaiting) return "Waiting to send: you are offline";
  return needsOutcome ? "Choose what came of it" : "";
}

interface Props {
  session: Session;
  composer: Composer;
  recordMutation: ReturnType<typeof useRecordStep>;
}

const EVIDENCE = [
  { value: "observed", label: "I saw it" },
  { value: "reported", label: "I was told" },
];

/** The form for a step: what was tried, its outcome, and how it is known. */
export function StepEntry({ session, composer, recordMutation }: Props) {
  const { draft, change } = composer;
  const field = useRef<HTMLTextAreaElement>(null);
  const action = draft.action.trim();
  const { outcome, evidence } = draft;
  const excess = tooLong(action, LIMITS.paragraph);
  const isReady = action !== "" && excess === null && outcome !== null;

  useEffect(() => field.current?.focus(), []);

  const submit = () => {
    if (!isReady || recordMutation.isPending) return;
    const onSuccess = () => field.current?.focus();
    recordMutation.mutate({ action, outcome, evidence, epoch: session.epoch }, { onSuccess });
  };

  return (
    <div className={classes.entry}>
      <Textarea
        ref={field}
        aria-label="What you tried"
        placeholder="What did you try?"
        className={classes.input}
        value={draft.action}
        onChange={(event) => change({ action: event.currentTarget.value })}
        onKeyDown={(event) => onEnter(event, submit)}
        readOnly={recordMutation.isPending}
        autosize
        minRows={1}
        maxRows={8}
      />
      <div className={classes.facts}>
        <OutcomeChoice value={outcome} onChange={(chosen) => change({ outcome: chosen })} />
        <SegmentedControl
          aria-label="How you know"
          size="xs"
          data={EVIDENCE}
          value={evidence}
          onChange={(value) => change({ evidence: value === "reported" ? "reported" : "observed" })}
        />
      </div>
      <div className={classes.bar}>
        <span className={classes.hint} data-wrong={excess !== null || undefined}>
          {excess ?? hintFor(recordMutation.isPaused, action !== "" && outcome === null)}
        </span>
        <Button size="xs" onClick={submit} loading={recordMutation.isPending} disabled={!isReady}>
          Add step
        </Button>
      </div>
    </div>
  );
}
