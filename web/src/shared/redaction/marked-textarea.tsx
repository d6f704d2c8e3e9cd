import { Textarea } from "@mantine/core";

import { LIMITS, tooLong } from "@/shared/ui/limits";

import { RedactionNote } from "./redaction-note";

/** A text, and its passages that the author wants masked. */
export interface MarkedText {
  text: string;
  marked: string[];
}

interface Props {
  label: string;
  value: MarkedText;
  onChange: (change: Partial<MarkedText>) => void;
  required?: boolean;
}

/** The text of a dialog, with what will be masked in it. It has the dialog's first focus. */
export function MarkedTextarea({ label, value, onChange, required = false }: Props) {
  return (
    <>
      <Textarea
        label={label}
        value={value.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        error={tooLong(value.text, LIMITS.long)}
        autosize
        minRows={3}
        maxRows={10}
        required={required}
        data-autofocus
      />
      <RedactionNote text={value.text} marked={value.marked} onMark={(marked) => onChange({ marked })} />
    </>
  );
}
