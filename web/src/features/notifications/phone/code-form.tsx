import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import classes from "@/features/notifications/push/devices.module.css";
import type { NotificationSettings } from "@/shared/api/types";
import { ProblemNote } from "@/shared/ui/problem-note";
import { timeOfDay } from "@/shared/ui/time-of-day";

import { useConfirmPhone } from "./use-phone";

type Code = NonNullable<NotificationSettings["phone_code"]>;

/** Takes the code that came to a number. */
export function CodeForm({ code, onConfirmed }: { code: Code; onConfirmed: () => void }) {
  const [guess, setGuess] = useState("");
  const confirmMutation = useConfirmPhone(onConfirmed);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    confirmMutation.mutate(guess.trim());
  };
  return (
    <form onSubmit={submit} className={classes.add}>
      <p role="status">
        A code is on its way to {code.number}. It is good until {timeOfDay(code.ends_at)}.
      </p>
      <TextInput
        label="Code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={guess}
        maxLength={20}
        onChange={(event) => setGuess(event.currentTarget.value)}
        required
      />
      <Button type="submit" loading={confirmMutation.isPending}>
        Confirm
      </Button>
      {confirmMutation.isError && <ProblemNote error={confirmMutation.error} />}
    </form>
  );
}
