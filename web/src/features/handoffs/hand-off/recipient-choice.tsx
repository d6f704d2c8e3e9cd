import { NativeSelect } from "@mantine/core";

import { useNamed, useRecipients } from "@/features/handoffs/api/recipients";
import { usePersonWords } from "@/shared/api/person-words";

interface Props {
  /** The id of the person; empty for nobody in particular. */
  value: string;
  /** The ids of people who cannot be chosen: the sender and the present holder. */
  barred: string[];
  /** The label for choosing nobody in particular; null where a person is required. */
  unnamed: { label: string; description: string } | null;
  onChange: (to: string) => void;
}

/** A choice of one senior to whom an escalation is directed first, with who is on call, busy or away. */
export function RecipientChoice({ value, barred, unnamed, onChange }: Props) {
  const recipients = useRecipients(barred);
  const wordsOf = usePersonWords();
  const chosen = useNamed(value, barred);
  const { label, description } = unnamed ?? { label: "Choose a person", description: "A senior or an admin. They are notified." };
  return (
    <NativeSelect
      label="To"
      required={unnamed === null}
      description={
        chosen?.availability.presence === "away"
          ? "They are away, so all seniors see it at once and any of them can pick it up."
          : chosen
            ? "Only they can pick it up at first. After a while, or when they decline, it opens to all."
            : description
      }
      data={[
        { value: "", label },
        ...(recipients.data ?? []).map((one) => ({ value: one.id, label: wordsOf(one) })),
      ]}
      value={chosen ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
