import classes from "./wordmark.module.css";

/** The product's logo and name. */
export function Wordmark() {
  return (
    <span className={classes.mark}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={classes.ground} />
        <path d="M8 21h7a5 5 0 0 0 5-5v-5m0 0-4 4m4-4 4 4" className={classes.stroke} />
      </svg>
      FlowPilot
    </span>
  );
}
