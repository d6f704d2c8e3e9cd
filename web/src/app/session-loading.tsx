import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./session-view.module.css";

/** The placeholder of a session that is being loaded. */
export function SessionLoading() {
  return (
    <div className={classes.problem} role="status" aria-label="Loading the session">
      <SkeletonLines widths={["medium", "short"]} tall />
      <br />
      <SkeletonLines widths={["full", "long", "full", "medium", "long"]} />
    </div>
  );
}
