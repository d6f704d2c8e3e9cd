import { IconLock } from "@tabler/icons-react";

import type { SecretSpan } from "@/shared/api/types";
import { plainText } from "@/shared/ui/plain-text";

import classes from "./redaction-note.module.css";
import { useRedactionPreview } from "./use-redaction-preview";

const SHOWN = 3;
const LENGTH = 40;

/** Shows the author of a text what will be masked in it before it leaves. Shows nothing where nothing will be. */
export function RedactionNote({ text }: { text: string }) {
  const preview = useRedactionPreview(text);
  return (
    <div className={classes.place} role="status" aria-label="Masking">
      {preview === "failed" && <p className={classes.failed}>Could not check for secrets</p>}
      {preview !== null && preview !== "failed" && preview.spans.length > 0 && (
        <p className={classes.note}>
          <IconLock size={14} aria-hidden="true" className={classes.icon} />
          <span>Will be masked:</span>
          {preview.spans.slice(0, SHOWN).map((span) => (
            <span key={span.start} className={classes.secret}>
              <bdi className={classes.text}>{excerpt(preview.text, span)}</bdi> {span.kind.replaceAll("_", " ")}
            </span>
          ))}
          {preview.spans.length > SHOWN && <span>and {preview.spans.length - SHOWN} more</span>}
        </p>
      )}
    </div>
  );
}

function excerpt(text: string, { start, end }: SecretSpan): string {
  const secret = plainText(text.slice(start, end)).replace(/\s+/g, " ");
  return secret.length > LENGTH ? `${secret.slice(0, LENGTH)}…` : secret;
}
