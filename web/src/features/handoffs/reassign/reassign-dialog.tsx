import type { SubmitEvent } from "react";

import { useReassign } from "@/features/handoffs/api/mutations";
import { useNamed } from "@/features/handoffs/api/recipients";
import { RecipientChoice } from "@/features/handoffs/hand-off/recipient-choice";
import type { Handoff, Person } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { marksOf } from "@/shared/redaction/marks";
import { MarkedTextarea } from "@/shared/redaction/marked-textarea";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { plainText } from "@/shared/ui/plain-text";
import { UserText } from "@/shared/ui/user-text";

const BLANK: { to: string; text: string; marked: string[] } = { to: "", text: "", marked: [] };

interface Props {
  handoff: Handoff;
  /** Who holds it, when that is not the reader. */
  holder: Person | null;
  opened: boolean;
  onClose: () => void;
  onReassigned: () => void;
}

/** Passes a claimed handoff to somebody, in one step: it waits for them alone at first. */
export function ReassignDialog({ handoff, holder, opened, onClose, onReassigned }: Props) {
  const [draft, setDraft, clearDraft] = useDraft(`reassign.${handoff.id}`, BLANK);
  const barred = [handoff.from.id, handoff.claimed_by?.id ?? ""];
  const next = useNamed(draft.to, barred, opened);
  const reassignMutation = useReassign((to) => {
    clearDraft();
    confirm(`Reassigned to ${plainText(to.name)}.`);
    onReassigned();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const note = draft.text.trim();
    if (next) reassignMutation.mutate({ handoff, to: next, body: { note, ...marksOf(draft.marked, note) } });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Reassign">
      <form onSubmit={submit} className={form.form}>
        <p>
          {holder ? (
            <>
              <UserText>{holder.name}</UserText> holds this session. They lose it and are notified; what they added stays.
            </>
          ) : (
            "You no longer hold the session then. What you added to it stays."
          )}
        </p>
        <RecipientChoice value={draft.to} barred={barred} unnamed={null} onChange={(to) => setDraft({ to })} />
        <MarkedTextarea label="Note for the next person" value={draft} onChange={setDraft} />
        <DialogButtons
          label={next ? `Reassign to ${plainText(next.name)}` : "Reassign"}
          onCancel={onClose}
          submission={reassignMutation}
          isDisabled={next === undefined}
        />
      </form>
    </Dialog>
  );
}
