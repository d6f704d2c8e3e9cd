import type { LiveState } from "./live-channel";
import classes from "./live-note.module.css";

const WORDS: Record<LiveState, string> = {
  live: "Live",
  connecting: "Connecting…",
  polling: "Checking for news every 10 s",
};

/** How the page keeps up to date, said quietly. */
export function LiveNote({ state }: { state: LiveState }) {
  return (
    <p className={classes.note} role="status">
      <span className={classes.dot} data-state={state} aria-hidden="true" />
      {WORDS[state]}
    </p>
  );
}
