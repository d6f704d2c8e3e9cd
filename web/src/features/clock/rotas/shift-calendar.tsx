import { ActionIcon } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";

import { useShifts } from "@/features/clock/api/queries";
import type { SavedRota } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";
import { dateHere, dateOf } from "@/shared/ui/local-time";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import { monthAfter, monthName, monthOf } from "./months";
import classes from "./rota-view.module.css";
import { ShiftList } from "./shift-list";
import { ShiftTable } from "./shift-table";

const PHONE = "(max-width: 640px)";

/** A month of shifts: a table, or on a phone a list. All times are those of the rota's zone. */
export function ShiftCalendar({ rota }: { rota: SavedRota }) {
  const [month, setMonth] = useState(() => monthOf(dateHere(new Date(serverNow()))));
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const { data, error, refetch } = useShifts(rota.id, month);
  const isInMonth = (local: string) => dateOf(local).startsWith(month);
  const shifts = (data ?? []).filter(({ local_begins_at: begin, local_ends_at: end }) => begin < monthAfter(month, 1) && end > month && (isInMonth(begin) || isInMonth(end) || begin < month));
  const Shown = isPhone ? ShiftList : ShiftTable;
  return (
    <section aria-label="Shifts" className={classes.part}>
      <header className={classes.month}>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label="Month before" onClick={() => setMonth(monthAfter(month, -1))}>
          <IconChevronLeft size={16} aria-hidden="true" />
        </ActionIcon>
        <h2 className={classes.title} aria-live="polite">
          {monthName(month)}
        </h2>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label="Month after" onClick={() => setMonth(monthAfter(month, 1))}>
          <IconChevronRight size={16} aria-hidden="true" />
        </ActionIcon>
        <span className={classes.words}>{rota.rota.time_zone}</span>
      </header>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines widths={["full", "full", "full"]} />}
      {data && <Shown rotaId={rota.id} zone={rota.rota.time_zone} month={month} shifts={shifts} />}
    </section>
  );
}
