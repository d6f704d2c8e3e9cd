import { Button, SegmentedControl, Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useHandOff } from "@/features/handoffs/api/mutations";
import type { Handoff, Priority, Session } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { RedactionNote } from "@/shared/redaction/redaction-note";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";
import { ProblemNote } from "@/shared/ui/problem-note";

import { PriorityChoice } from "./priority-choice";

interface Draft {
  intent: Handoff["intent"];
  priority: Priority;
  notes: string;
}

const BLANK: Draft = { intent: "escalate", priority: "normal", notes: "" };
const INTENTS = [
  { value: "escalate", label: "Escalate to a senior" },
  { value: "park", label: "Park for later" },
];

interface Props {
  session: Session;
  opened: boolean;
  onClose: () => void;
  /** Called when the session has left the reader's hands. */
  onHandedOff: () => void;
}

/** Escalates or parks a session, with notes for the next person. */
export function HandOffDialog({ session, opened, onClose, onHandedOff }: Props) {
  const [draft, setDraft, clearDraft] = useDraft(`handoff.${session.id}`, BLANK);
  const escalates = draft.intent === "escalate";
  const handOffMutation = useHandOff(session.id, () => {
    clearDraft();
    confirm(escalates ? "Escalated. A senior can pick it up now." : "Parked. It can be resumed at any time.");
    onHandedOff();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { intent, priority, notes } = draft;
    handOffMutation.mutate({ intent, priority, engineer_notes: notes.trim(), epoch: session.epoch });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Hand off">
      <form onSubmit={submit} className={form.form}>
        <SegmentedControl
          aria-label="What for"
          data={INTENTS}
          value={draft.intent}
          onChange={(intent) => setDraft({ intent: intent === "park" ? "park" : "escalate" })}
          fullWidth
        />
        {escalates && <PriorityChoice value={draft.priority} onChange={(priority) => setDraft({ priority })} />}
        <Textarea
          label="Notes for the next person"
          description="What you suspect, what you did not get to, whom they can call."
          value={draft.notes}
          onChange={(event) => setDraft({ notes: event.currentTarget.value })}
          error={tooLong(draft.notes, LIMITS.long)}
          autosize
          minRows={4}
          maxRows={12}
          data-autofocus
        />
        <RedactionNote text={draft.notes} />
        {handOffMutation.isError && <ProblemNote error={handOffMutation.error} />}
        <div className={form.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={handOffMutation.isPending}>
            {escalates ? "Escalate" : "Park"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
