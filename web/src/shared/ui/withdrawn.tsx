import type { ReactNode } from "react";

import type { Turn } from "@/shared/api/types";

import { UserText } from "./user-text";
import classes from "./withdrawn.module.css";

/** A turn's content; where its author struck it out, struck through and with the reason. */
export function Withdrawn({ turn, children }: { turn: Turn; children: ReactNode }) {
  if (!turn.struck) return children;
  return (
    <div className={classes.withdrawn}>
      <del className={classes.content}>{children}</del>
      <p className={classes.reason}>
        Struck out by <UserText>{turn.struck.by.name}</UserText>: <UserText>{turn.struck.reason}</UserText>
      </p>
    </div>
  );
}
