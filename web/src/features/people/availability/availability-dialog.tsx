import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { useSetAvailability } from "@/features/people/api/mutations";
import { useMe } from "@/shared/api/me";
import type { Presence } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";
import { timeOfDay } from "@/shared/ui/age-text";
import { useNow } from "@/shared/ui/clock";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { zoneHere } from "@/shared/ui/local-time";
import { availabilityAt, isPresent } from "@/shared/ui/presence";

import { type End, endOf, ENDS, isAhead } from "./availability-end";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** The reader's own availability: available, busy or away, with an end. */
export function AvailabilityDialog({ opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Availability">
      {opened && <AvailabilityForm onClose={onClose} />}
    </Dialog>
  );
}

const PRESENCES: { value: Presence; label: string }[] = [
  { value: "available", label: "Available" },
  { value: "busy", label: "Busy" },
  { value: "away", label: "Away" },
];

const MEANINGS: Record<Presence, string> = {
  available: "You are told of escalations as the steps say.",
  busy: "Colleagues see that you are busy. You are still told of escalations.",
  away: "You are told of escalations only when nobody else is left. What is directed to you opens to all seniors at once.",
};

function AvailabilityForm({ onClose }: Pick<Props, "onClose">) {
  const now = useNow();
  const current = availabilityAt(useMe().availability, now);
  const [presence, setPresence] = useState<Presence>(current.presence ?? "available");
  const [end, setEnd] = useState<End>("open");
  const [at, setAt] = useState("");
  const saveMutation = useSetAvailability((said) => {
    const until = said.until ? ` until ${timeOfDay(said.until, serverNow())}` : "";
    confirm(isPresent(said) ? "You are available." : `You are ${said.presence ?? ""}${until}.`);
    onClose();
  });

  const ends = presence !== "available";
  const isPast = ends && end === "at" && at !== "" && !isAhead(at, now);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    saveMutation.mutate({ presence, until: ends ? endOf(end, at, serverNow()) : null });
  };

  return (
    <form onSubmit={submit} className={form.form}>
      <SegmentedControl
        aria-label="Availability"
        data={PRESENCES}
        value={presence}
        onChange={(chosen) => setPresence(chosen)}
        fullWidth
        data-autofocus
      />
      <p>{MEANINGS[presence]}</p>
      {ends && (
        <NativeSelect label="How long" data={ENDS} value={end} onChange={(event) => setEnd(event.currentTarget.value as End)} />
      )}
      {ends && end === "at" && (
        <TextInput
          type="datetime-local"
          label="Until"
          description={`By the clocks of ${zoneHere()}, this computer's time zone`}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          error={isPast ? "Choose a time that lies ahead." : null}
          required
        />
      )}
      <DialogButtons
        label="Save"
        onCancel={onClose}
        submission={saveMutation}
        isDisabled={ends && end === "at" && (at === "" || isPast)}
      />
    </form>
  );
}
