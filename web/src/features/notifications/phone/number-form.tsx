import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import classes from "@/features/notifications/push/devices.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";

import { useSendCode } from "./use-phone";

const LONGEST = 40;

/** Asks for a number and has a code sent to it; `isAgain`: one was sent already. */
export function NumberForm({ isAgain }: { isAgain: boolean }) {
  const [number, setNumber] = useState("");
  const sendMutation = useSendCode();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    sendMutation.mutate(number.trim());
  };
  return (
    <form onSubmit={submit} className={classes.add}>
      <TextInput
        label={isAgain ? "Another number, or the same one again" : "Mobile number"}
        description="With + and the country, such as +32 470 12 34 56"
        type="tel"
        autoComplete="tel"
        value={number}
        maxLength={LONGEST}
        onChange={(event) => setNumber(event.currentTarget.value)}
        required
      />
      <Button type="submit" variant="default" loading={sendMutation.isPending}>
        Send a code
      </Button>
      {sendMutation.isError && <ProblemNote error={sendMutation.error} />}
    </form>
  );
}
