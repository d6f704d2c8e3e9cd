import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";

import classes from "./problem-note.module.css";

const LIST = new Intl.ListFormat("en");

interface Props {
  /** What was not kept, as in "client secret"; null where nothing was typed before. */
  omitted: string[] | null;
  onDiscard: () => void;
}

/** Says that a form shows what was typed into it before the sign-in ended, and what has to be entered again. */
export function KeptNote({ omitted, onDiscard }: Props) {
  if (omitted === null) return null;
  return (
    <div role="status" className={classes.note} data-tone="amber">
      <IconHistory size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>What you typed before is here again, and not saved yet</p>
        {omitted.length > 0 && <p>Secrets are not kept. Enter again: {LIST.format(omitted)}.</p>}
      </div>
      <Button variant="default" size="xs" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}
