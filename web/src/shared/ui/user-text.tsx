import { plainText } from "./plain-text";
import classes from "./user-text.module.css";

interface Props {
  children: string;
  /** Keep line breaks, as a message needs; a summary in a row does not. */
  lines?: boolean;
  className?: string | undefined;
}

/** Text that somebody typed: shown as text, in its own direction, broken wherever it must be. */
export function UserText({ children, lines = false, className }: Props) {
  return (
    <bdi dir="auto" className={[classes.text, lines && classes.lines, className].filter(Boolean).join(" ")}>
      {plainText(children)}
    </bdi>
  );
}
