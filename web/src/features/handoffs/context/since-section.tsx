import type { Handoff } from "@/shared/api/types";

import { ConversationDetails } from "./conversation-details";
import { CorrectionList } from "./correction-list";
import { StepList } from "./step-list";
import classes from "./tried-section.module.css";

/** What was added to the session after it was handed off. It stands first: the snapshot lacks it. */
export function SinceSection({ handoff: { snapshot, since } }: { handoff: Handoff }) {
  const corrections = since.corrections ?? [];
  if (since.steps.length + since.messages.length + corrections.length === 0) return null;
  return (
    <section aria-labelledby="since" className={classes.section}>
      <h2 id="since" className={classes.heading}>
        Since the hand off
      </h2>
      <CorrectionList corrections={corrections} snapshot={snapshot} />
      <StepList steps={since.steps} from={snapshot.step_count + 1} />
      <ConversationDetails messages={since.messages} />
    </section>
  );
}
