import type { ReactNode } from "react";

import classes from "./empty.module.css";

interface Props {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
}

/** A place with nothing in it, and what that means. */
export function Empty({ icon, title, children }: Props) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>{icon}</span>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.words}>{children}</div>
    </div>
  );
}
