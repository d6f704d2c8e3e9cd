import { IconSparkles } from "@tabler/icons-react";

import { gist } from "@/features/handoffs/rail/action-gist";
import type { Handoff } from "@/shared/api/types";
import { oneLine, plainText } from "@/shared/ui/plain-text";
import { isRehearsal, RehearsalNote } from "@/shared/ui/rehearsal-note";

import classes from "./suggestion-chips.module.css";

const CHIP_LENGTH = 64;

interface Props {
  handoff: Handoff | undefined;
  /** Actions of the session's steps. Suggestions among them are not shown. */
  tried: string[];
  onPick: (text: string) => void;
}

/** The suggested steps that nobody has tried yet. A click fills in the step form and sends nothing. */
export function SuggestionChips({ handoff, tried, onPick }: Props) {
  const assessment = handoff?.ai_assessment_data;
  const done = new Set(tried.map(gist));
  const open = assessment?.suggested_steps.filter((step) => !step.already_tried && !done.has(gist(step.text))) ?? [];
  if (!assessment || open.length === 0) return null;
  return (
    <div className={classes.suggestions}>
      <p className={classes.label}>
        <IconSparkles size={14} aria-hidden="true" /> AI suggests
        {isRehearsal(assessment.model) && <RehearsalNote />}
      </p>
      <ul className={classes.chips}>
        {open.map((step) => (
          <li key={step.text}>
            <button
              type="button"
              className={classes.chip}
              title={plainText(step.why)}
              onClick={() => onPick(plainText(step.text))}
            >
              {oneLine(step.text, CHIP_LENGTH)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
