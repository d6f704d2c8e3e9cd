import { SegmentedControl, Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useHandOff } from "@/features/handoffs/api/mutations";
import { useNamed } from "@/features/handoffs/api/recipients";
import { useMe } from "@/shared/api/me";
import type { Affected, Handoff, Person, Priority, Reason } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { marksOf } from "@/shared/redaction/marks";
import { RedactionNote } from "@/shared/redaction/redaction-note";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";
import { UserText } from "@/shared/ui/user-text";

import { PriorityChoice } from "./priority-choice";
import { RecipientChoice } from "./recipient-choice";
import { SenderReportFields } from "./sender-report-fields";

interface Draft {
  intent: Handoff["intent"];
  priority: Priority;
  /** The id of the person to whom it is directed; empty for all seniors. */
  to: string;
  suspicion: string;
  reason: Reason | null;
  affected: Affected | null;
  notes: string;
  /** Passages of the notes that the author wants masked. */
  marked: string[];
}

const NO_REPORT = { suspicion: "", reason: null, affected: null };
const BLANK: Draft = { intent: "escalate", priority: "normal", to: "", ...NO_REPORT, notes: "", marked: [] };
const ALL_SENIORS = { label: "All seniors", description: "Any senior can pick it up." };
const INTENTS = [
  { value: "escalate", label: "Escalate to a senior" },
  { value: "park", label: "Park for later" },
];

interface Props {
  /** The session, and its epoch as it is shown where that is known. */
  session: { id: string; epoch?: number };
  /** Who hands it off: the reader, or the holder for whom an admin does so. */
  sender: Person;
  opened: boolean;
  onClose: () => void;
  /** Called when the session has left the reader's hands. */
  onHandedOff: () => void;
}

/** Escalates or parks a session, with notes for the next person. */
export function HandOffDialog({ session, sender, opened, onClose, onHandedOff }: Props) {
  const [draft, setDraft, clearDraft] = useDraft(`handoff.${session.id}`, BLANK);
  const escalates = draft.intent === "escalate";
  const isForHolder = useMe().id !== sender.id;
  const barred = [sender.id];
  const named = useNamed(draft.to, barred, opened);
  const handOffMutation = useHandOff(session.id, () => {
    clearDraft();
    confirm(escalates ? "Escalated. A senior can pick it up now." : "Parked. It can be resumed at any time.");
    onHandedOff();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { intent, priority, reason, affected, marked } = draft;
    const to = escalates ? (named?.id ?? null) : null;
    const suspicion = draft.suspicion.trim();
    const notes = draft.notes.trim();
    const said = { suspicion: suspicion || null, engineer_notes: notes, ...marksOf(marked, suspicion, notes) };
    handOffMutation.mutate({ intent, priority, to, reason, affected, ...said, epoch: session.epoch ?? null });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Hand off">
      <form onSubmit={submit} className={form.form}>
        {isForHolder && (
          <p>
            <UserText>{sender.name}</UserText> holds this session. You hand it off for them: they lose it, and it says that
            it came from them, by you.
          </p>
        )}
        <SegmentedControl
          aria-label="What for"
          data={INTENTS}
          value={draft.intent}
          onChange={(intent) => setDraft({ intent: intent === "park" ? "park" : "escalate" })}
          fullWidth
        />
        {escalates && <PriorityChoice value={draft.priority} onChange={(priority) => setDraft({ priority })} />}
        {escalates && (
          <RecipientChoice value={draft.to} barred={barred} unnamed={ALL_SENIORS} onChange={(to) => setDraft({ to })} />
        )}
        <SenderReportFields draft={draft} onChange={setDraft} />
        <Textarea
          label="Notes for the next person"
          description="What you did not get to, and whom they can call."
          value={draft.notes}
          onChange={(event) => setDraft({ notes: event.currentTarget.value })}
          error={tooLong(draft.notes, LIMITS.long)}
          autosize
          minRows={4}
          maxRows={12}
          data-autofocus
        />
        <RedactionNote
          text={`${draft.suspicion}\n${draft.notes}`.trim()}
          marked={draft.marked}
          onMark={(marked) => setDraft({ marked })}
        />
        <DialogButtons label={escalates ? "Escalate" : "Park"} onCancel={onClose} submission={handOffMutation} />
      </form>
    </Dialog>
  );
}
