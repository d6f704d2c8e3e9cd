import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";

import type { useRecordStep, useSendMessage } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { RedactionNote } from "@/shared/redaction/redaction-note";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./composer.module.css";
import { MessageEntry } from "./message-entry";
import { StepEntry } from "./step-entry";
import type { Composer as ComposerState } from "./use-composer";

interface Props {
  session: Session;
  composer: ComposerState;
  /** Whether the message field takes the focus when it appears. */
  focuses: boolean;
  sendMutation: ReturnType<typeof useSendMessage>;
  isSending: boolean;
  recordMutation: ReturnType<typeof useRecordStep>;
  /** Suggested steps, shown above the field. */
  suggestions: ReactNode;
}

const MODES = [
  { value: "message", label: "Ask the assistant" },
  { value: "step", label: "Record a step" },
];

/** The form below the conversation: a message to the assistant, or a step. */
export function Composer({ session, composer, focuses, sendMutation, isSending, recordMutation, suggestions }: Props) {
  const { draft, change } = composer;
  const failed = draft.mode === "message" ? sendMutation.error : recordMutation.error;
  return (
    <section aria-label="Write" className={classes.composer}>
      {suggestions}
      {failed && <ProblemNote error={failed} />}
      <RedactionNote text={draft.mode === "message" ? draft.text : draft.action} />
      <div className={classes.box}>
        {draft.mode === "message" ? (
          <MessageEntry
            session={session}
            composer={composer}
            focuses={focuses}
            sendMutation={sendMutation}
            isSending={isSending}
          />
        ) : (
          <StepEntry session={session} composer={composer} recordMutation={recordMutation} />
        )}
        <SegmentedControl
          aria-label="What to write"
          className={classes.modes}
          data={MODES}
          value={draft.mode}
          onChange={(mode) => change({ mode: mode === "step" ? "step" : "message" })}
          size="xs"
        />
      </div>
    </section>
  );
}
