import classes from "./live-note.module.css";
import type { LiveState } from "./live-state";

const LABELS: Record<LiveState, string> = {
  live: "Live",
  connecting: "Connecting…",
  checking: "Checking…",
  offline: "Offline",
  polling: "Checking for news every 10 s",
};

/** Shows whether updates arrive by socket or by polling. */
export function LiveNote({ state }: { state: LiveState }) {
  return (
    <p className={classes.note} role="status">
      <span className={classes.dot} data-state={state} aria-hidden="true" />
      {LABELS[state]}
    </p>
  );
}
