import { Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useResolve } from "@/features/sessions/api/mutations";
import type { Session, Verdict } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { LIMITS, tooLong } from "@/shared/ui/limits";

import { VerdictChoice } from "./verdict-choice";

interface Draft {
  resolution: string;
  rootCause: string;
  verdict: Verdict | null;
}

const BLANK: Draft = { resolution: "", rootCause: "", verdict: null };

interface Props {
  session: Session;
  opened: boolean;
  onClose: () => void;
  /** Whether to ask for a verdict on the assessment. */
  hasAssessment: boolean;
}

/** Resolves a session with what solved it and, if there was one, a verdict on the assessment. */
export function ResolveDialog({ session, opened, onClose, hasAssessment }: Props) {
  const [draft, setDraft, clearDraft] = useDraft(`resolve.${session.id}`, BLANK);
  const resolveMutation = useResolve(session.id, () => {
    clearDraft();
    confirm("Resolved.");
    onClose();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    resolveMutation.mutate({
      resolution: draft.resolution.trim(),
      root_cause: draft.rootCause.trim() || null,
      assessment_verdict: hasAssessment ? draft.verdict : null,
      epoch: session.epoch,
    });
  };

  return (
    <Dialog opened={opened} onClose={onClose} title="Resolve the session">
      <form onSubmit={submit} className={form.form}>
        <Textarea
          label="What solved it?"
          value={draft.resolution}
          onChange={(event) => setDraft({ resolution: event.currentTarget.value })}
          error={tooLong(draft.resolution, LIMITS.long)}
          autosize
          minRows={3}
          maxRows={10}
          required
          data-autofocus
        />
        <Textarea
          label="Root cause"
          description="If you know it. Leave it empty rather than guess."
          value={draft.rootCause}
          onChange={(event) => setDraft({ rootCause: event.currentTarget.value })}
          error={tooLong(draft.rootCause, LIMITS.long)}
          autosize
          minRows={1}
          maxRows={6}
        />
        {hasAssessment && <VerdictChoice value={draft.verdict} onChange={(verdict) => setDraft({ verdict })} />}
        <DialogButtons
          label="Resolve"
          onCancel={onClose}
          submission={resolveMutation}
          isDisabled={draft.resolution.trim() === "" || (hasAssessment && draft.verdict === null)}
        />
      </form>
    </Dialog>
  );
}
