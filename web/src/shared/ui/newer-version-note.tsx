import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";

import classes from "./problem-note.module.css";

interface Props {
  /** What loading it does to what was typed here. */
  children: string;
  onLoad: () => void;
}

/** Says that what a form edits was saved elsewhere while something was typed here, and offers to load it. */
export function NewerVersionNote({ children, onLoad }: Props) {
  return (
    <div role="status" className={classes.note} data-tone="amber">
      <IconRefresh size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>Changed elsewhere meanwhile</p>
        <p>{children}</p>
      </div>
      <Button variant="default" size="xs" onClick={onLoad}>
        Load it
      </Button>
    </div>
  );
}
