import type { ComponentProps } from "react";

import classes from "./fold-button.module.css";

interface Props extends Omit<ComponentProps<"button">, "type" | "className"> {
  /** Shown on phones alone. */
  isForPhones?: boolean;
}

/** Shows what is folded, or folds it again. Printed, nothing is folded. */
export function FoldButton({ isForPhones = false, ...button }: Props) {
  return <button type="button" className={classes.more} data-phone={isForPhones || undefined} {...button} />;
}
