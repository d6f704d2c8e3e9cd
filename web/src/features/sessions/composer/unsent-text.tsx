import { CopyButton } from "@/shared/ui/copy-button";
import { UserText } from "@/shared/ui/user-text";

import classes from "./unsent-text.module.css";
import type { ComposerDraft } from "./use-composer";

/** The draft of somebody who may no longer write in the session, to be copied. */
export function UnsentText({ draft }: { draft: ComposerDraft }) {
  const text = [draft.outgoing, draft.text.trim(), draft.action.trim(), draft.finding.trim()].filter(Boolean).join("\n\n");
  if (text === "") return null;
  return (
    <section aria-label="Not sent" className={classes.unsent}>
      <div className={classes.head}>
        <p>You had not sent this. It is kept here.</p>
        <CopyButton text={text} label="Copy" />
      </div>
      <UserText lines className={classes.text}>
        {text}
      </UserText>
    </section>
  );
}
