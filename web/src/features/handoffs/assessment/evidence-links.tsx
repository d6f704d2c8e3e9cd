import { flushSync } from "react-dom";

import classes from "./evidence-links.module.css";

interface Props {
  /** The `seq` of the steps that support it. */
  evidence: number[];
  /** The `seq` of all steps shown, in order. The link's number is the position here. */
  steps: number[];
}

/** Links from advice to the steps that support it. Steps that are not on the page are left out. */
export function EvidenceLinks({ evidence, steps }: Props) {
  const shown = evidence.filter((seq) => steps.includes(seq));
  if (shown.length === 0) return null;
  return (
    <span className={classes.links}>
      {"See "}
      {shown.map((seq) => (
        <a key={seq} href={`#step-${seq}`} className={classes.link} onClick={goTo(seq)}>
          step {steps.indexOf(seq) + 1}
        </a>
      ))}
    </span>
  );
}

/** Scrolls without following the link, which would add an entry to the browser's history. */
const goTo = (seq: number) => (event: React.MouseEvent) => {
  event.preventDefault();
  const step = document.getElementById(`step-${seq}`);
  const unfold = step?.closest("ol")?.nextElementSibling;
  if (step?.dataset.fold && unfold instanceof HTMLButtonElement) flushSync(() => unfold.click());
  step?.scrollIntoView({ block: "center" });
  step?.focus({ preventScroll: true });
};
