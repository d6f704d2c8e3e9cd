import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";

import classes from "./foldable.module.css";

interface Props {
  title: ReactNode;
  /** A one-line summary of the content, shown beside the title. */
  summary: string;
  /** Stays open while something inside needs correcting. */
  hasError: boolean;
  isOpenAtFirst?: boolean;
  /** Controls beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a form that opens by its title. */
export function Foldable({ title, summary, hasError, isOpenAtFirst = false, actions, children }: Props) {
  const [wasOpened, setOpened] = useState(isOpenAtFirst);
  const id = useId();
  const isOpen = wasOpened || hasError;
  return (
    <div className={classes.fold}>
      <div className={classes.head}>
        <h3 className={classes.title}>
          <button type="button" className={classes.toggle} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpened(!isOpen)}>
            <IconChevronRight size={16} aria-hidden="true" className={classes.arrow} />
            <span className={classes.words}>
              {title}
              <span className={classes.summary}>{summary}</span>
            </span>
          </button>
        </h3>
        {actions}
      </div>
      <div id={id} hidden={!isOpen} className={classes.inside}>
        {isOpen && children}
      </div>
    </div>
  );
}
