import { Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";

import { useCorrectTurn } from "@/features/sessions/api/corrections";
import { ResultChoice } from "@/features/sessions/composer/result-choice";
import type { Step, Turn, TurnCorrection } from "@/shared/api/types";
import { useFormDraft } from "@/shared/drafts/use-form-draft";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { KeptNote } from "@/shared/ui/kept-note";
import { LIMITS, tooLong } from "@/shared/ui/limits";

interface Props {
  sessionId: string;
  turn: Turn;
  opened: boolean;
  onClose: () => void;
}

/** Changes what a turn says, within ten minutes. */
export function ChangeTurnDialog({ sessionId, turn, opened, onClose }: Props) {
  const changeMutation = useCorrectTurn(sessionId, turn.seq, onClose);
  const slot = `turn.${sessionId}.${turn.seq}`;
  const save = (body: TurnCorrection) => changeMutation.mutate(body);
  const buttons = (
    <>
      <DialogButtons label="Save" onCancel={onClose} submission={changeMutation} />
    </>
  );
  return (
    <Dialog opened={opened} onClose={onClose} title="Edit">
      {opened &&
        (turn.kind === "step" ? (
          <StepForm slot={slot} step={turn} onSave={save} buttons={buttons} />
        ) : (
          <TextForm slot={slot} text={turn.text} onSave={save} buttons={buttons} />
        ))}
    </Dialog>
  );
}

interface FormProps {
  /** The name under which what is typed is kept. */
  slot: string;
  onSave: (body: TurnCorrection) => void;
  buttons: React.ReactNode;
}

function TextForm({ slot, text, onSave, buttons }: FormProps & { text: string }) {
  const { draft, change, omitted, discard } = useFormDraft({ name: slot, saved: { version: null, draft: { text } } });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ text: draft.text.trim() });
  };
  return (
    <form onSubmit={submit} className={form.form}>
      <KeptNote omitted={omitted} onDiscard={discard} />
      <Textarea
        label="Text"
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={tooLong(draft.text, LIMITS.long)}
        autosize
        minRows={3}
        maxRows={12}
        required
        data-autofocus
      />
      {buttons}
    </form>
  );
}

function StepForm({ slot, step, onSave, buttons }: FormProps & { step: Step }) {
  const shown = { action: step.action, result: step.result, finding: step.finding ?? "" };
  const { draft, change, omitted, discard } = useFormDraft({ name: slot, saved: { version: null, draft: shown } });
  const { action, result, finding } = draft;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ action: action.trim(), result, finding: finding.trim() || null });
  };
  return (
    <form onSubmit={submit} className={form.form}>
      <KeptNote omitted={omitted} onDiscard={discard} />
      <Textarea
        label="Step"
        value={action}
        onChange={(event) => change({ action: event.currentTarget.value })}
        error={tooLong(action, LIMITS.paragraph)}
        autosize
        minRows={2}
        maxRows={10}
        required
        data-autofocus
      />
      <Textarea
        label="What did you see?"
        value={finding}
        onChange={(event) => change({ finding: event.currentTarget.value })}
        error={tooLong(finding, LIMITS.short)}
        autosize
      />
      <ResultChoice value={result} onChange={(chosen) => change({ result: chosen })} />
      {buttons}
    </form>
  );
}
