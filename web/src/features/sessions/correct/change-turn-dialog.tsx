import { Textarea } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { useCorrectTurn } from "@/features/sessions/api/corrections";
import { ResultChoice } from "@/features/sessions/composer/result-choice";
import type { Step, Turn, TurnCorrection } from "@/shared/api/types";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
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
          <StepForm step={turn} onSave={save} buttons={buttons} />
        ) : (
          <TextForm text={turn.text} onSave={save} buttons={buttons} />
        ))}
    </Dialog>
  );
}

interface FormProps {
  onSave: (body: TurnCorrection) => void;
  buttons: React.ReactNode;
}

function TextForm({ text, onSave, buttons }: FormProps & { text: string }) {
  const [draft, setDraft] = useState(text);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ text: draft.trim() });
  };
  return (
    <form onSubmit={submit} className={form.form}>
      <Textarea
        label="Text"
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        error={tooLong(draft, LIMITS.long)}
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

function StepForm({ step, onSave, buttons }: FormProps & { step: Step }) {
  const [action, setAction] = useState(step.action);
  const [result, setResult] = useState(step.result);
  const [finding, setFinding] = useState(step.finding ?? "");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ action: action.trim(), result, finding: finding.trim() || null });
  };
  return (
    <form onSubmit={submit} className={form.form}>
      <Textarea
        label="Step"
        value={action}
        onChange={(event) => setAction(event.currentTarget.value)}
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
        onChange={(event) => setFinding(event.currentTarget.value)}
        error={tooLong(finding, LIMITS.short)}
        autosize
      />
      <ResultChoice value={result} onChange={setResult} />
      {buttons}
    </form>
  );
}
