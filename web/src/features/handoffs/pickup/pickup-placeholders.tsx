import { IconGhost2 } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { Empty } from "@/shared/ui/empty";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";
import visuallyHidden from "@/shared/ui/visually-hidden.module.css";

import classes from "./pickup-placeholders.module.css";

/** The placeholder of the context while it is being loaded. */
export function PickupLoading({ titleId }: { titleId: string }) {
  return (
    <div className={classes.page} role="status">
      <h1 id={titleId} className={visuallyHidden.hidden}>
        Loading the handoff
      </h1>
      <SkeletonLines widths={["short"]} />
      <SkeletonLines widths={["long", "medium"]} tall />
      <div className={classes.columns}>
        <SkeletonLines widths={["short", "full", "full", "long", "full", "medium"]} />
        <SkeletonLines widths={["short", "full", "long", "medium"]} />
      </div>
    </div>
  );
}

/** The handoff does not exist or belongs to another account. The API does not reveal which. */
export function PickupAbsent({ titleId, instead }: { titleId: string; instead: ReactNode }) {
  return (
    <div className={classes.page}>
      <h1 id={titleId} className={visuallyHidden.hidden}>
        No handoff here
      </h1>
      <Empty icon={<IconGhost2 size={24} aria-hidden="true" />} title="This handoff can't be found">
        <p>The link may be wrong, or the session was never handed off in your account.</p>
        <div className={classes.instead}>{instead}</div>
      </Empty>
    </div>
  );
}

export function PickupFailed({ titleId, error, onRetry }: { titleId: string; error: Error; onRetry: () => void }) {
  return (
    <div className={classes.page}>
      <h1 id={titleId} className={visuallyHidden.hidden}>
        The handoff could not be loaded
      </h1>
      <ProblemNote error={error} onRetry={onRetry} />
    </div>
  );
}
