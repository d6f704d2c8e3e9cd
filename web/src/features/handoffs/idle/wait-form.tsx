import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { ReactNode, SubmitEvent } from "react";

import { useWait } from "@/features/handoffs/api/mutations";
import type { Handoff } from "@/shared/api/types";
import { useDraft } from "@/shared/drafts/use-draft";
import { serverNow } from "@/shared/server-time";
import form from "@/shared/ui/form.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";

const HOUR_MS = 3_600_000;

/** How long one may wait, in hours; the API accepts seven days at most. */
const SPANS = [
  { value: "1", label: "1 hour" },
  { value: "4", label: "4 hours" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "167", label: "7 days" },
];

const BLANK = { hours: "4", reason: "" };

interface Props {
  handoff: Handoff;
  onDone: () => void;
  /** What comes before the fields. */
  children?: ReactNode;
}

/** Says what the holder waits for, and for how long the clock leaves them alone. In a dialog the reason has the focus. */
export function WaitForm({ handoff, onDone, children }: Props) {
  const [{ hours, reason }, setDraft, clearDraft] = useDraft(`wait.${handoff.id}`, BLANK);
  const waitMutation = useWait(() => {
    clearDraft();
    onDone();
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const until = new Date(serverNow() + Number(hours) * HOUR_MS).toISOString();
    waitMutation.mutate({ handoff, until, reason: reason.trim() });
  };

  return (
    <form onSubmit={submit} className={form.form}>
      {children}
      <NativeSelect label="For" data={SPANS} value={hours} onChange={(event) => setDraft({ hours: event.currentTarget.value })} />
      <TextInput
        label="What you wait for"
        data-autofocus
        placeholder="Customer calls back"
        value={reason}
        maxLength={200}
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
        required
      />
      {waitMutation.isError && <ProblemNote error={waitMutation.error} />}
      <div className={form.buttons}>
        <Button type="submit" size="xs" loading={waitMutation.isPending} disabled={reason.trim() === ""}>
          Wait
        </Button>
      </div>
    </form>
  );
}
