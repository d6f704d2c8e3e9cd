import { Button } from "@mantine/core";
import { useState } from "react";

import { useTakeShift } from "@/features/clock/api/mutations";
import { isSenior, useMe } from "@/shared/api/me";
import type { Shift } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import form from "@/shared/ui/form.module.css";
import { dayText, timeOf, zoneNote } from "@/shared/ui/local-time";
import { plainText } from "@/shared/ui/plain-text";
import { ProblemNote } from "@/shared/ui/problem-note";

/** Lets a senior take what is left of somebody else's shift, after a confirmation. */
export function TakeShift({ rotaId, zone, shift }: { rotaId: string; zone: string; shift: Shift }) {
  const me = useMe();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const takeMutation = useTakeShift(rotaId, () => confirm("The shift is yours."));
  if (!isSenior(me) || shift.person.id === me.id || Date.parse(shift.ends_at) <= now) return null;
  const name = plainText(shift.person.name);
  const hasBegun = Date.parse(shift.begins_at) <= now;
  const from = `${dayText(shift.local_begins_at)}, ${timeOf(shift.local_begins_at)}`;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={`Take the shift of ${name} from ${from}`}
        onClick={() => setOpen(true)}
      >
        Take
      </Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title="Take this shift">
        <div className={form.form}>
          <p>
            You are on call in place of <bdi>{name}</bdi> from {hasBegun ? "now" : from} until {dayText(shift.local_ends_at)},{" "}
            {timeOf(shift.local_ends_at)}
            {zoneNote(shift.local_ends_at, zone)}. They are told.
          </p>
          {takeMutation.isError && <ProblemNote error={takeMutation.error} />}
          <div className={form.buttons}>
            <Button variant="default" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button loading={takeMutation.isPending} onClick={() => takeMutation.mutate(shift.begins_at)} data-autofocus>
              Take this shift
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
