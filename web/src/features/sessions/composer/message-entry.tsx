import { ActionIcon, Textarea } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";

import type { useSendMessage } from "@/features/sessions/api/mutations";
import type { Session } from "@/shared/api/types";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import classes from "./composer.module.css";
import { onEnter } from "./submit-key";
import type { Composer } from "./use-composer";

interface Props {
  session: Session;
  composer: Composer;
  sendMutation: ReturnType<typeof useSendMessage>;
}

/** The form for a message to the assistant. The draft is cleared only when the API has stored the message. */
export function MessageEntry({ session, composer, sendMutation }: Props) {
  const { draft, change } = composer;
  const text = draft.text.trim();
  const excess = tooLong(text, LIMITS.long);

  const submit = () => {
    if (text === "" || excess !== null || sendMutation.isPending) return;
    sendMutation.mutate({ text, epoch: session.epoch });
  };

  return (
    <div className={classes.entry}>
      <Textarea
        aria-label="Message to the assistant"
        placeholder="What do you see? What have you not understood yet?"
        className={classes.input}
        value={sendMutation.isPending ? "" : draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => onEnter(event, submit)}
        readOnly={sendMutation.isPending}
        autosize
        minRows={2}
        maxRows={10}
      />
      <div className={classes.bar}>
        <span className={classes.hint} data-wrong={excess !== null || undefined}>
          {excess ?? "Enter sends, Shift+Enter breaks the line"}
        </span>
        <ActionIcon
          size={32}
          aria-label="Send message"
          onClick={submit}
          loading={sendMutation.isPending}
          disabled={text === "" || excess !== null}
        >
          <IconArrowUp size={18} aria-hidden="true" />
        </ActionIcon>
      </div>
    </div>
  );
}
