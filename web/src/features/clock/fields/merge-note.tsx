import { IconAlertTriangle } from "@tabler/icons-react";

import { NewerVersionNote } from "@/shared/ui/newer-version-note";
import note from "@/shared/ui/problem-note.module.css";

import type { Merged } from "./merge";

const LIST = new Intl.ListFormat("en-GB");

interface Props {
  /** What was saved, as in "the policy". */
  what: string;
  /** The last merge; null where there is none to check. */
  merge: Pick<Merged<unknown>, "taken" | "contested"> | null;
  /** Merges the version that was saved elsewhere; null where there is none. */
  onLoad: (() => void) | null;
}

/** Offers a version that was saved elsewhere, or says what the last merge took from theirs, and what both changed. */
export function MergeNote({ what, merge, onLoad }: Props) {
  if (onLoad) return <NewerVersionNote onLoad={onLoad}>Loading it keeps what you changed here.</NewerVersionNote>;
  if (!merge) return null;
  const { taken, contested } = merge;
  return (
    <div role="alert" className={note.note}>
      <IconAlertTriangle size={18} aria-hidden="true" className={note.icon} />
      <div className={note.words}>
        <p className={note.title}>Somebody else has saved {what} meanwhile; your changes are not saved yet</p>
        <p>
          All that you changed is still here.
          {taken.length > 0 && ` Their changes of ${LIST.format(taken)} are shown with it.`}
          {contested.length > 0 && ` You both changed ${LIST.format(contested)}: yours is shown, and saving replaces theirs.`} Check
          it, and save again.
        </p>
      </div>
    </div>
  );
}
