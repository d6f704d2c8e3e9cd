import { Button, Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useRelease } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { RedactionNote } from "@/shared/redaction/redaction-note";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";
import { ProblemNote } from "@/shared/ui/problem-note";

const BLANK = { note: "" };

interface Props {
  handoff: Handoff;
  opened: boolean;
  onClose: () => void;
  onReleased: () => void;
}

/** Releases a claimed handoff with a note. */
export function ReleaseDialog({ handoff, opened, onClose, onReleased }: Props) {
  const [draft, setDraft, clearDraft] = useDraft(`release.${handoff.id}`, BLANK);
  const releaseMutation = useRelease(() => {
    clearDraft();
    confirm("Returned to the queue.");
    onReleased();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    releaseMutation.mutate({ handoff, note: draft.note.trim() });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Return to queue">
      <form onSubmit={submit} className={form.form}>
        <p>The session waits for another senior again, with everything you added to it.</p>
        <Textarea
          label="Note for the person who picks it up next"
          value={draft.note}
          onChange={(event) => setDraft({ note: event.currentTarget.value })}
          error={tooLong(draft.note, LIMITS.long)}
          autosize
          minRows={3}
          maxRows={10}
          required
          data-autofocus
        />
        <RedactionNote text={draft.note} />
        {releaseMutation.isError && <ProblemNote error={releaseMutation.error} />}
        <div className={form.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={releaseMutation.isPending} disabled={draft.note.trim() === ""}>
            Return to queue
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
