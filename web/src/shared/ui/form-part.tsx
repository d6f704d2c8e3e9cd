import type { ReactNode } from "react";

import classes from "./form-parts.module.css";

interface Props {
  title: string;
  words?: string;
  children: ReactNode;
}

/** A titled part of a settings form. */
export function FormPart({ title, words, children }: Props) {
  return (
    <section aria-label={title} className={classes.part}>
      <header>
        <h2 className={classes.title}>{title}</h2>
        {words && <p className={classes.words}>{words}</p>}
      </header>
      {children}
    </section>
  );
}
