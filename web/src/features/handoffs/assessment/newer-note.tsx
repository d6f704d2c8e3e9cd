import type { Handoff } from "@/shared/api/types";

import classes from "./assessment-content.module.css";
import { AssessmentUnavailable } from "./assessment-unavailable";

/** Says how much of the case is newer than the assessment, and whether a newer one is on its way. */
export function NewerNote({ handoff, mayAskAgain }: { handoff: Handoff; mayAskAgain: boolean }) {
  const { assessment_status: status, newer_than_assessment: newer } = handoff;
  const isPending = status === "pending";
  return (
    <>
      {(Boolean(newer) || isPending) && (
        <p className={classes.quiet}>
          {newer && `Made before ${newerWords(newer)}.`} {isPending && "A newer assessment is being written."}
        </p>
      )}
      {status === "unavailable" && handoff.assessment_error !== "closed" && (
        <AssessmentUnavailable handoff={handoff} mayAskAgain={mayAskAgain} />
      )}
    </>
  );
}

/** Returns the counts as a sentence says them: "3 newer steps and 1 newer note". */
export function newerWords(newer: NonNullable<Handoff["newer_than_assessment"]>): string {
  const counts: [number, string][] = [
    [newer.steps, "step"],
    [newer.notes, "note"],
    [newer.corrections, "correction"],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} newer ${name}${count > 1 ? "s" : ""}`);
  return new Intl.ListFormat("en", { type: "conjunction" }).format(told);
}
