import type { ReactNode } from "react";

import classes from "./mark.module.css";

export type Tone = "red" | "amber" | "green" | "accent" | "ink" | "quiet";

interface Props {
  tone: Tone;
  icon?: ReactNode;
  /** With a background. */
  badge?: boolean;
  small?: boolean;
  title?: string | undefined;
  children: ReactNode;
}

/** A status label: an icon and a word in the color of its tone. */
export function Mark({ tone, icon, badge = false, small = false, title, children }: Props) {
  return (
    <span className={[classes.mark, classes[tone], badge && classes.badge, small && classes.small].filter(Boolean).join(" ")} title={title}>
      {icon}
      {children}
    </span>
  );
}
