import { Button } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { useWithdraw } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { marksOf } from "@/shared/redaction/marks";
import { type MarkedText, MarkedTextarea } from "@/shared/redaction/marked-textarea";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";

const BLANK: MarkedText = { text: "", marked: [] };

interface Props {
  handoff: Handoff;
  size?: "xs" | "sm";
  onWithdrawn?: () => void;
}

/** Takes a handoff back that nobody has claimed, with a note if the sender likes: it becomes a turn of the session. */
export function TakeBack({ handoff, size = "sm", onWithdrawn }: Props) {
  const [opened, setOpened] = useState(false);
  const [draft, setDraft, clearDraft] = useDraft(`withdraw.${handoff.id}`, BLANK);
  const withdrawMutation = useWithdraw(() => {
    clearDraft();
    setOpened(false);
    confirm("Taken back. The session is yours again.");
    onWithdrawn?.();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const note = draft.text.trim();
    withdrawMutation.mutate({ handoff, body: { note, ...marksOf(draft.marked, note) } });
  };
  return (
    <>
      <Button variant="default" size={size} onClick={() => setOpened(true)}>
        Take back…
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="Take back">
        <form onSubmit={submit} className={form.form}>
          <p>Nobody has picked it up. The session is yours again, and it leaves the queue.</p>
          <MarkedTextarea label="Note for the session" value={draft} onChange={setDraft} />
          <DialogButtons label="Take back" onCancel={() => setOpened(false)} submission={withdrawMutation} />
        </form>
      </Dialog>
    </>
  );
}
