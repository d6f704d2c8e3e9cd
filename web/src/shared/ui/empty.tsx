import type { ReactNode } from "react";

import classes from "./empty.module.css";

interface Props {
  icon: ReactNode;
  title: string;
  /** Nothing else is on the page, so the title is the page's main heading. */
  isPage?: boolean;
  children?: ReactNode;
}

/** An empty state: says that there is nothing here, and why. */
export function Empty({ icon, title, isPage = false, children }: Props) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>{icon}</span>
      <Heading className={classes.title}>{title}</Heading>
      <div className={classes.words}>{children}</div>
    </div>
  );
}
