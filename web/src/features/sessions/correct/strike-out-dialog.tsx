import { Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useCorrectTurn } from "@/features/sessions/api/corrections";
import type { Turn } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";

const BLANK = { reason: "" };

interface Props {
  sessionId: string;
  turn: Turn;
  opened: boolean;
  onClose: () => void;
}

/** Strikes a turn out, with a reason that everybody reads. */
export function StrikeOutDialog({ sessionId, turn, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Strike out">
      {opened && <StrikeOutForm sessionId={sessionId} turn={turn} onClose={onClose} />}
    </Dialog>
  );
}

function StrikeOutForm({ sessionId, turn, onClose }: Omit<Props, "opened">) {
  const [{ reason }, setDraft, clearDraft] = useDraft(`strike.${sessionId}.${turn.seq}`, BLANK);
  const strikeMutation = useCorrectTurn(sessionId, turn.seq, () => {
    clearDraft();
    onClose();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    strikeMutation.mutate({ struck: { reason: reason.trim() } });
  };

  return (
    <form onSubmit={submit} className={form.form}>
      <p>It stays readable, struck through, and the AI no longer counts it. This cannot be undone.</p>
      <Textarea
        label="Reason"
        value={reason}
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
        error={tooLong(reason, LIMITS.short)}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      <DialogButtons
        label="Strike out"
        onCancel={onClose}
        submission={strikeMutation}
        isDisabled={reason.trim() === ""}
      />
    </form>
  );
}
