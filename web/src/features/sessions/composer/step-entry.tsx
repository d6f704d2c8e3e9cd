import { Button, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";

import type { useRecordStep } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { marksOf } from "@/shared/redaction/marks";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import classes from "./composer.module.css";
import { growing } from "./growing";
import { ResultChoice } from "./result-choice";
import { onEnter } from "./submit-key";
import type { Composer } from "./use-composer";

function hintFor(isWaiting: boolean, needsResult: boolean): string {
  if (isWaiting) return "Waiting to send: you are offline";
  return needsResult ? "Choose what came of it" : "";
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

/** The form for a step: what was tried, what came of it, what was seen, and how that is known. */
export function StepEntry({ session, composer, recordMutation }: Props) {
  const { draft, change } = composer;
  const field = useRef<HTMLTextAreaElement>(null);
  const action = draft.action.trim();
  const { result, evidence } = draft;
  const finding = draft.finding.trim();
  const excess = tooLong(action, LIMITS.paragraph) ?? tooLong(finding, LIMITS.short);
  const isReady = action !== "" && excess === null && result !== null;

  useEffect(() => field.current?.focus(), []);

  const submit = () => {
    if (!isReady || recordMutation.isPending) return;
    const onSuccess = () => field.current?.focus();
    const step = { action, result, finding: finding || null, evidence, epoch: session.epoch };
    recordMutation.mutate({ ...step, ...marksOf(draft.marked, action, finding) }, { onSuccess });
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
        {...growing(1, 8)}
      />
      <TextInput
        aria-label="What you saw"
        placeholder="What did you see? (optional)"
        className={classes.finding}
        value={draft.finding}
        onChange={(event) => change({ finding: event.currentTarget.value })}
        onKeyDown={(event) => onEnter(event, submit)}
        readOnly={recordMutation.isPending}
      />
      <div className={classes.facts}>
        <ResultChoice value={result} onChange={(chosen) => change({ result: chosen })} />
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
          {excess ?? hintFor(recordMutation.isPaused, action !== "" && result === null)}
        </span>
        <Button size="xs" onClick={submit} loading={recordMutation.isPending} disabled={!isReady}>
          Add step
        </Button>
      </div>
    </div>
  );
}
