import { Button } from "@mantine/core";

import form from "./form.module.css";
import { ProblemNote } from "./problem-note";

interface Props {
  /** What the form does. */
  label: string;
  onCancel: () => void;
  submission: { error: Error | null; isPending: boolean };
  isDisabled?: boolean;
}

/** The end of a dialog's form: what went wrong, the button that closes the dialog, and the one that submits. */
export function DialogButtons({ label, onCancel, submission, isDisabled = false }: Props) {
  return (
    <>
      {submission.error && <ProblemNote error={submission.error} />}
      <div className={form.buttons}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={submission.isPending} disabled={isDisabled}>
          {label}
        </Button>
      </div>
    </>
  );
}
