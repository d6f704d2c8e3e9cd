import { Button, Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useDecline } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";

const BLANK = { reason: "" };

interface Props {
  handoff: Handoff;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
}

/** Declines a handoff that is directed to the reader, with a reason if they like. */
export function DeclineButton({ handoff, isOpen, onToggle }: Props) {
  const [{ reason }, setDraft, clearDraft] = useDraft(`decline.${handoff.id}`, BLANK);
  const declineMutation = useDecline(() => {
    clearDraft();
    onToggle(false);
    confirm("Declined. All seniors can pick it up now.");
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    declineMutation.mutate({ handoff, body: { reason: reason.trim() } });
  };
  return (
    <>
      <Button variant="default" onClick={() => onToggle(true)}>
        Decline…
      </Button>
      <Dialog opened={isOpen} onClose={() => onToggle(false)} title="Decline">
        <form onSubmit={submit} className={form.form}>
          <p>The escalation opens to all seniors, and its sender is told.</p>
          <Textarea
            label="Reason"
            value={reason}
            onChange={(event) => setDraft({ reason: event.currentTarget.value })}
            error={tooLong(reason, LIMITS.long)}
            autosize
            minRows={2}
            maxRows={8}
            data-autofocus
          />
          <DialogButtons label="Decline" onCancel={() => onToggle(false)} submission={declineMutation} />
        </form>
      </Dialog>
    </>
  );
}
