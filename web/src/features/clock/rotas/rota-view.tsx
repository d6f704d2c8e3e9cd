import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";

import { useDeleteRota } from "@/features/clock/api/mutations";
import { useRota } from "@/features/clock/api/queries";
import { useDuties } from "@/shared/api/duties";
import { isAtLeast, useMe } from "@/shared/api/me";
import type { SavedRota } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { DeleteDialog } from "@/shared/ui/delete-dialog";
import { ProblemNote } from "@/shared/ui/problem-note";
import page from "@/shared/ui/settings-list.module.css";
import sections from "@/shared/ui/settings-sections.module.css";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";
import { UserText } from "@/shared/ui/user-text";

import { CalendarFeed } from "./calendar-feed";
import { OnCallNow } from "./on-call-now";
import classes from "./rota-view.module.css";
import { ShiftCalendar } from "./shift-calendar";

/** One rota: who is on call now, a month of its shifts, and for admins its feed and its deletion. */
export function RotaView({ id, onDeleted }: { id: string; onDeleted: () => void }) {
  const isAdmin = isAtLeast(useMe(), "admin");
  const { data: rota, error, isPending, refetch } = useRota(id);
  const duty = useDuties().data?.find((one) => one.rota_id === id);
  if (isPending) return <SkeletonLines widths={["medium", "long", "full"]} />;
  if (!rota) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <header className={page.head}>
        <h1 className={page.title}>
          <UserText>{rota.name}</UserText>
        </h1>
        {isAdmin && (
          <Button component={Link} to={`/rotas/${id}/edit`} variant="default" size="xs">
            Edit
          </Button>
        )}
        <div className={page.words}>
          <OnCallNow duty={duty} zone={rota.rota.time_zone} />
        </div>
      </header>
      <ShiftCalendar rota={rota} />
      {isAdmin && <CalendarFeed rota={rota} />}
      {isAdmin && <DeleteRota rota={rota} onDeleted={onDeleted} />}
    </>
  );
}

function DeleteRota({ rota, onDeleted }: { rota: SavedRota; onDeleted: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const deleteMutation = useDeleteRota(rota.id, () => {
    confirm("The rota is deleted.");
    onDeleted();
  });
  return (
    <section aria-label="Delete" className={`${sections.end} ${classes.last}`}>
      <p>Nobody is on call through it any more, and its calendar feed ends.</p>
      <Button variant="outline" color="red" size="xs" onClick={() => setOpen(true)}>
        Delete the rota…
      </Button>
      <DeleteDialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Delete the rota"
        name={rota.name}
        label="Delete"
        deletion={deleteMutation}
        onDelete={() => deleteMutation.mutate()}
      >
        is deleted for good, with its overrides. Steps that tell who is on call no longer find anybody here.
      </DeleteDialog>
    </section>
  );
}
