import classes from "./evidence-links.module.css";

interface Props {
  /** The `seq` of the steps that speak for it. */
  evidence: number[];
  /** The `seq` of all steps shown, in order: a step is called by its place there. */
  steps: number[];
}

/** Leads from an advice to what it rests on. Evidence that is not on the page is not shown. */
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

/** By hand, since a change of the address would be one more entry in the history. */
const goTo = (seq: number) => (event: React.MouseEvent) => {
  event.preventDefault();
  const step = document.getElementById(`step-${seq}`);
  step?.scrollIntoView({ block: "center" });
  step?.focus({ preventScroll: true });
};
