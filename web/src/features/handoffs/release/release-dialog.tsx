import type { SubmitEvent } from "react";

import { useRelease } from "@/features/handoffs/api/mutations";
import type { Handoff, Person } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { marksOf } from "@/shared/redaction/marks";
import { type MarkedText, MarkedTextarea } from "@/shared/redaction/marked-textarea";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { UserText } from "@/shared/ui/user-text";

const BLANK: MarkedText = { text: "", marked: [] };

interface Props {
  handoff: Handoff;
  /** Who holds it, when that is not the reader. */
  holder: Person | null;
  opened: boolean;
  onClose: () => void;
  onReleased: () => void;
}

/** Releases a claimed handoff with a note; an admin does so for its holder, also without one. */
export function ReleaseDialog({ handoff, holder, opened, onClose, onReleased }: Props) {
  const [draft, setDraft, clearDraft] = useDraft(`release.${handoff.id}`, BLANK);
  const releaseMutation = useRelease(() => {
    clearDraft();
    confirm("Returned to the queue.");
    onReleased();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const note = draft.text.trim();
    releaseMutation.mutate({ handoff, body: { note, ...marksOf(draft.marked, note) } });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Return to queue">
      <form onSubmit={submit} className={form.form}>
        <p>
          {holder ? (
            <>
              <UserText>{holder.name}</UserText> holds this session. They lose it and are notified. It waits for another
              senior again, with everything they added to it.
            </>
          ) : (
            "The session waits for another senior again, with everything you added to it."
          )}
        </p>
        <MarkedTextarea
          label="Note for the person who picks it up next"
          value={draft}
          onChange={setDraft}
          required={holder === null}
        />
        <DialogButtons
          label="Return to queue"
          onCancel={onClose}
          submission={releaseMutation}
          isDisabled={holder === null && draft.text.trim() === ""}
        />
      </form>
    </Dialog>
  );
}
