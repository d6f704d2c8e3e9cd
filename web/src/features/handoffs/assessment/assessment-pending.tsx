import { useNow } from "@/shared/ui/clock";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./assessment-content.module.css";

const LONG_MS = 45_000;

/** The placeholder of a pending assessment. */
export function AssessmentPending({ since }: { since: string }) {
  const isLate = useNow() - Date.parse(since) > LONG_MS;
  return (
    <div className={classes.reading}>
      <p>
        {isLate
          ? "This takes longer than usual. It will still appear here by itself."
          : "Reading the session. The assessment will appear here by itself, mostly within half a minute."}
      </p>
      <SkeletonLines widths={["full", "long", "medium"]} />
      <SkeletonLines widths={["long", "medium"]} />
      <p className={classes.quiet}>There is no need to wait: you can start without it.</p>
    </div>
  );
}
