import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";

import type { useAddNote, useRecordStep, useSendMessage } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { RedactionNote } from "@/shared/redaction/redaction-note";
import { aiOff } from "@/shared/ui/ai-off";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./composer.module.css";
import { MessageEntry } from "./message-entry";
import { NoteEntry } from "./note-entry";
import { StepEntry } from "./step-entry";
import type { Composer as ComposerState, ComposerDraft } from "./use-composer";

interface Props {
  session: Session;
  composer: ComposerState;
  /** Whether the message field takes the focus when it appears. */
  focuses: boolean;
  sendMutation: ReturnType<typeof useSendMessage>;
  isSending: boolean;
  recordMutation: ReturnType<typeof useRecordStep>;
  noteMutation: ReturnType<typeof useAddNote>;
  /** Whether the policy keeps the case from the AI. */
  isAiOff: boolean;
  /** Suggested steps, shown above the field. */
  suggestions: ReactNode;
}

/** What is about to be sent. */
const textOf = ({ mode, text, action, finding, note }: ComposerDraft): string =>
  ({ message: text, step: `${action}\n${finding}`.trim(), note })[mode];

const MODES: { value: ComposerDraft["mode"]; label: string }[] = [
  { value: "message", label: "Ask the assistant" },
  { value: "step", label: "Record a step" },
  { value: "note", label: "Note to people" },
];

/** The form below the conversation: a message to the assistant, a step, or a note to people. */
export function Composer(props: Props) {
  const { session, composer, focuses, sendMutation, isSending, isAiOff, recordMutation, noteMutation, suggestions } = props;
  const { draft, change } = composer;
  const failed = { message: sendMutation, step: recordMutation, note: noteMutation }[draft.mode].error;
  return (
    <section aria-label="Write" className={classes.composer} data-no-print>
      {suggestions}
      {failed && <ProblemNote error={failed} />}
      {isAiOff && draft.mode === "message" && (
        <p className={classes.off}>
          {aiOff(session.ticket?.client?.name)}. Messages are kept in the session, and nothing is sent to the AI.
        </p>
      )}
      <RedactionNote text={textOf(draft)} marked={draft.marked} onMark={(marked) => change({ marked })} />
      <div className={classes.box}>
        {draft.mode === "message" && (
          <MessageEntry
            session={session}
            composer={composer}
            focuses={focuses}
            sendMutation={sendMutation}
            isSending={isSending}
          />
        )}
        {draft.mode === "step" && <StepEntry session={session} composer={composer} recordMutation={recordMutation} />}
        {draft.mode === "note" && <NoteEntry composer={composer} noteMutation={noteMutation} />}
        <SegmentedControl
          aria-label="What to write"
          className={classes.modes}
          data={MODES}
          value={draft.mode}
          onChange={(chosen) => change({ mode: MODES.find(({ value }) => value === chosen)?.value ?? "message" })}
          size="xs"
        />
      </div>
    </section>
  );
}
