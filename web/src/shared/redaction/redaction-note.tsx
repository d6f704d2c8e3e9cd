import { UnstyledButton } from "@mantine/core";
import { IconLock, IconX } from "@tabler/icons-react";
import { useRef } from "react";

import type { SecretSpan } from "@/shared/api/types";
import { beginning, plainText } from "@/shared/ui/plain-text";

import { canMark } from "./marks";
import classes from "./redaction-note.module.css";
import { useRedactionPreview } from "./use-redaction-preview";
import { useSelectedText } from "./use-selected-text";

const SHOWN = 3;
const LENGTH = 40;

interface Props {
  text: string;
  /** Passages that the author marks: they are masked before anything is stored. */
  marked: readonly string[];
  onMark: (marked: string[]) => void;
}

/**
 * Shows the author of a text what will be masked in it before it leaves, and lets them mask more: what they select in a
 * field of the same form. Shows nothing where nothing will be masked and nothing is selected.
 */
export function RedactionNote({ text, marked, onMark }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const selected = useSelectedText(place);
  const preview = useRedactionPreview(text);
  const standing = marked.filter((passage) => text.includes(passage));
  const found = preview === null || preview === "failed" ? [] : secretsIn(preview, standing);
  return (
    <div ref={place} className={classes.around}>
      <div className={classes.place} role="status" aria-label="Masking">
        {preview === "failed" && <p className={classes.failed}>Could not check for secrets</p>}
        {(found.length > 0 || standing.length > 0) && (
          <p className={classes.note}>
            <IconLock size={14} aria-hidden="true" className={classes.icon} />
            <span>Will be masked:</span>
            {standing.map((passage) => (
              <span key={passage} className={classes.secret}>
                <bdi className={classes.text}>{shortened(passage)}</bdi> for everybody
                <UnstyledButton
                  className={classes.remove}
                  aria-label={`Do not mask ${shortened(passage)}`}
                  onClick={() => onMark(marked.filter((other) => other !== passage))}
                >
                  <IconX size={12} aria-hidden="true" />
                </UnstyledButton>
              </span>
            ))}
            {found.slice(0, SHOWN).map((secret) => (
              <span key={secret.start} className={classes.secret}>
                <bdi className={classes.text}>{secret.text}</bdi> {secret.kind}
              </span>
            ))}
            {found.length > SHOWN && <span>and {found.length - SHOWN} more</span>}
          </p>
        )}
      </div>
      {canMark(text, standing, selected) && (
        <UnstyledButton
          className={classes.mark}
          onMouseDown={(event) => event.preventDefault()} // The selection stays visible.
          onClick={() => onMark([...standing, selected])}
        >
          <IconLock size={14} aria-hidden="true" className={classes.icon} />
          <span>Mask</span> <bdi className={classes.text}>{shortened(selected)}</bdi> <span>for everybody</span>
        </UnstyledButton>
      )}
    </div>
  );
}

interface Secret {
  start: number;
  text: string;
  kind: string;
}

/** Returns what the API found beside the passages that are marked. */
function secretsIn({ text, spans }: { text: string; spans: SecretSpan[] }, marked: string[]): Secret[] {
  return spans
    .map(({ start, end, kind }) => ({ start, whole: text.slice(start, end), kind: kind.replaceAll("_", " ") }))
    .filter(({ whole }) => !marked.includes(whole))
    .map(({ start, whole, kind }) => ({ start, text: shortened(whole), kind }));
}

function shortened(whole: string): string {
  const secret = plainText(whole).replace(/\s+/g, " ");
  return secret.length > LENGTH ? `${beginning(secret, LENGTH)}…` : secret;
}
