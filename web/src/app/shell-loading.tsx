import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import loading from "./shell-loading.module.css";
import classes from "./shell.module.css";

/** The placeholder of the page while the profile is being loaded. */
export function ShellLoading() {
  return (
    <div className={classes.frame} role="status" aria-label="Loading FlowPilot">
      <div className={classes.side}>
        <div className={loading.pad}>
          <SkeletonLines widths={["medium"]} tall />
          <SkeletonLines widths={["long", "medium"]} />
          <SkeletonLines widths={["long", "short"]} />
          <SkeletonLines widths={["full", "medium"]} />
        </div>
      </div>
      <div className={loading.pad}>
        <SkeletonLines widths={["short"]} tall />
        <SkeletonLines widths={["full", "long"]} />
        <SkeletonLines widths={["full", "medium"]} />
      </div>
    </div>
  );
}
