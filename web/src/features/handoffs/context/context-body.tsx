import { AssessmentPanel } from "@/features/handoffs/assessment/assessment-panel";
import type { Handoff } from "@/shared/api/types";

import classes from "./context-body.module.css";
import { ConversationDetails } from "./conversation-details";
import { ContextHeader } from "./context-header";
import { SinceSection } from "./since-section";
import { TriedSection } from "./tried-section";

interface Props {
  handoff: Handoff;
  titleId: string;
  mayAskAgain: boolean;
}

/** The handoff's context: the problem, what was tried, the assessment. */
export function ContextBody({ handoff, titleId, mayAskAgain }: Props) {
  return (
    // A click into the text gives it the focus, so that the keys that scroll do.
    <div className={classes.scroll} tabIndex={-1} data-scroller>
      <div className={classes.page}>
        <ContextHeader handoff={handoff} titleId={titleId} />
        <SinceSection handoff={handoff} />
        <div className={classes.columns}>
          <TriedSection handoff={handoff} />
          <AssessmentPanel handoff={handoff} mayAskAgain={mayAskAgain} />
        </div>
        <ConversationDetails messages={handoff.snapshot.messages} />
      </div>
    </div>
  );
}
