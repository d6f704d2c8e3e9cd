import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";

import classes from "./expandable.module.css";
import { FoldButton } from "./fold-button";

interface Props {
  /** The number of lines shown while collapsed. */
  lines: number;
  /** Names the text in the button's accessible label, as in "Show all of the note". */
  label: string;
  children: ReactNode;
}

/** Collapses long text to a number of lines, with a button to expand it. Short text is shown as it is. */
export function Expandable({ lines, label, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState(true);
  const [overflows, setOverflows] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (element.dataset.folded !== undefined) setOverflows(element.scrollHeight > element.clientHeight + 2);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div>
      <div
        ref={box}
        className={classes.box}
        data-folded={folded || undefined}
        style={{ "--lines": lines } as CSSProperties}
      >
        {children}
      </div>
      {overflows && (
        <FoldButton
          aria-expanded={!folded}
          aria-label={folded ? `Show all of ${label}` : `Show less of ${label}`}
          onClick={() => setFolded(!folded)}
        >
          {folded ? "Show all" : "Show less"}
        </FoldButton>
      )}
    </div>
  );
}
