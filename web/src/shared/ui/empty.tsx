import type { ReactNode } from "react";

import classes from "./empty.module.css";

interface Props {
  icon: ReactNode;
  title: string;
  /** It is all that the page has to say, and so the page's own heading. */
  isPage?: boolean;
  children?: ReactNode;
}

/** A place with nothing in it, and what that means. */
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
