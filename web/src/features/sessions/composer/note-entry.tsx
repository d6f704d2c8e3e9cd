import { Button, Textarea } from "@mantine/core";

import type { useAddNote } from "@/features/sessions/api/mutations";
import { marksOf } from "@/shared/redaction/marks";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import classes from "./composer.module.css";
import { growing } from "./growing";
import { onEnter } from "./submit-key";
import type { Composer } from "./use-composer";

interface Props {
  composer: Composer;
  noteMutation: ReturnType<typeof useAddNote>;
}

/** The form for a note to the other people of the session. The assistant does not answer it. */
export function NoteEntry({ composer, noteMutation }: Props) {
  const { draft, change } = composer;
  const text = draft.note.trim();
  const excess = tooLong(text, LIMITS.long);
  const isReady = text !== "" && excess === null;

  const submit = () => {
    if (isReady && !noteMutation.isPending) noteMutation.mutate({ text, ...marksOf(draft.marked, text) });
  };

  return (
    <div className={classes.entry}>
      <Textarea
        aria-label="Note to the people of this session"
        placeholder="Write to the people of this session"
        className={classes.input}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        onKeyDown={(event) => onEnter(event, submit)}
        readOnly={noteMutation.isPending}
        {...growing(1, 10)}
      />
      <div className={classes.bar}>
        <span className={classes.hint} data-wrong={excess !== null || undefined}>
          {excess ?? (noteMutation.isPaused ? "Waiting to send: you are offline" : "The assistant does not answer notes")}
        </span>
        <Button size="xs" onClick={submit} loading={noteMutation.isPending} disabled={!isReady}>
          Add note
        </Button>
      </div>
    </div>
  );
}
