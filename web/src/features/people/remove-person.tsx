import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import type { Engineer } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { DeleteDialog } from "@/shared/ui/delete-dialog";
import { oneLine } from "@/shared/ui/plain-text";

import { useRemovePerson } from "./api/mutations";
import { HeldCount } from "./held-count";
import { pathOf } from "./path-of";
import classes from "./people.module.css";

/** How long the way to what somebody holds is offered, who is in no list any more. */
const OFFER_MS = 15_000;

/** Removes somebody from the directory after a confirmation. For admins. */
export function RemovePerson({ person }: { person: Engineer }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const showHeld = { label: "Show what they hold", onTake: () => void navigate(pathOf(person.id)), shownMs: OFFER_MS };
  const removeMutation = useRemovePerson(person.id, () => confirm(`${oneLine(person.name)} is removed.`, showHeld));
  return (
    <>
      <Button variant="subtle" color="gray" size="xs" aria-label={`Remove ${oneLine(person.name)}…`} onClick={() => setOpen(true)}>
        Remove…
      </Button>
      <DeleteDialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Remove a person"
        name={person.name}
        label="Remove"
        deletion={removeMutation}
        onDelete={() => removeMutation.mutate()}
        details={
          <ul className={classes.details}>
            <li>
              <strong>This does not lock them out.</strong> Disable their account at your identity provider. If they sign in again,
              they are back, with default settings.
            </li>
            <li>
              <HeldCount engineerId={person.id} />
            </li>
            <li>
              Rotas and escalation steps that name them reach nobody in their place. Afterwards{" "}
              <Link to="/readiness" className={classes.link}>
                Readiness
              </Link>{" "}
              lists them. If they know the calendar link of a rota, make a new one there.
            </li>
          </ul>
        }
      >
        gets no more messages and cannot be chosen any more. Their phone number, devices and settings are deleted. Past cases keep
        their name.
      </DeleteDialog>
    </>
  );
}
