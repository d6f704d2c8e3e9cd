import { ActionIcon, Textarea } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

import type { useSendMessage } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { marksOf } from "@/shared/redaction/marks";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import classes from "./composer.module.css";
import { growing } from "./growing";
import { onEnter } from "./submit-key";
import type { Composer } from "./use-composer";

interface Props {
  session: Session;
  composer: Composer;
  /** Whether the field takes the focus when it appears. */
  focuses: boolean;
  sendMutation: ReturnType<typeof useSendMessage>;
  isSending: boolean;
}

/** The form for a message to the assistant. The next message can be typed while the assistant answers. */
export function MessageEntry({ session, composer, focuses, sendMutation, isSending }: Props) {
  const { draft, change } = composer;
  const field = useRef<HTMLTextAreaElement>(null);
  const hasFocused = useRef(false);
  const text = draft.text.trim();
  const excess = tooLong(text, LIMITS.long);

  // Once: closing a dialog leads back to the navigation that asked for it, and the dialog returns the focus itself.
  useEffect(() => {
    if (!focuses || hasFocused.current) return;
    hasFocused.current = true;
    field.current?.focus();
  }, [focuses]);

  const submit = () => {
    if (text === "" || excess !== null || isSending) return;
    sendMutation.mutate({ text, epoch: session.epoch, ...marksOf(draft.marked, text) });
    composer.sending(text);
  };

  return (
    <div className={classes.entry}>
      <Textarea
        ref={field}
        aria-label="Message to the assistant"
        placeholder="Describe what you see or ask a question"
        className={classes.input}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => onEnter(event, submit)}
        {...growing(2, 10)}
      />
      <div className={classes.bar}>
        <span className={classes.hint} data-wrong={excess !== null || undefined}>
          {excess ?? hintFor(isSending, text)}
        </span>
        <ActionIcon
          size={32}
          aria-label="Send message"
          onClick={submit}
          loading={isSending}
          disabled={text === "" || excess !== null}
        >
          <IconArrowUp size={18} aria-hidden="true" />
        </ActionIcon>
      </div>
    </div>
  );
}

function hintFor(isSending: boolean, text: string): string {
  if (isSending) return text === "" ? "" : "Can be sent after the answer";
  return "Enter sends, Shift+Enter breaks the line";
}
