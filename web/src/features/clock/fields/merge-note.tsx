import { IconAlertTriangle } from "@tabler/icons-react";

import note from "@/shared/ui/problem-note.module.css";

import type { Merged } from "./merge";

const LIST = new Intl.ListFormat("en-GB");

interface Props {
  /** What was saved, as in "the policy". */
  what: string;
  merge: Pick<Merged<unknown>, "taken" | "contested">;
}

/** Somebody else saved meanwhile: what came from them, and what both changed. */
export function MergeNote({ what, merge: { taken, contested } }: Props) {
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
