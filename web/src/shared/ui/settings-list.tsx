import type { ReactNode } from "react";

import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./settings-list.module.css";

interface Props {
  id: string;
  title: string;
  about: string;
  add: ReactNode;
  error: Error | null;
  onRetry: () => void;
  isLoading: boolean;
  /** Shown in place of the rows while there are none. */
  empty: ReactNode;
  /** Each row under its key. */
  rows: [key: string, row: ReactNode][];
  note?: ReactNode;
  children?: ReactNode;
}

/** A page that lists what an admin has set up: title, "Add", and a row for each. */
export function SettingsList({ id, title, about, add, error, onRetry, isLoading, empty, rows, note, children }: Props) {
  return (
    <section aria-labelledby={id} className={classes.page}>
      <header className={classes.head}>
        <h1 id={id} className={classes.title}>
          {title}
        </h1>
        {add}
        <p className={classes.words}>{about}</p>
      </header>
      {error && <ProblemNote error={error} onRetry={onRetry} />}
      {isLoading && !error && (
        <div className={classes.loading} role="status" aria-label={`Loading ${id}`}>
          <SkeletonLines widths={["medium", "long"]} />
        </div>
      )}
      {!isLoading && !error && rows.length === 0 && empty}
      {note}
      {rows.length > 0 && (
        <ul className={classes.rows}>
          {rows.map(([key, row]) => (
            <li key={key}>{row}</li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
