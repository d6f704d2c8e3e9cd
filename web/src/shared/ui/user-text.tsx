import { plainText } from "./plain-text";
import classes from "./user-text.module.css";

interface Props {
  children: string;
  /** Keeps line breaks. */
  lines?: boolean;
  className?: string | undefined;
}

/** Untrusted text: rendered as text, in its own writing direction, wrapped anywhere. */
export function UserText({ children, lines = false, className }: Props) {
  return (
    <bdi dir="auto" className={[classes.text, lines && classes.lines, className].filter(Boolean).join(" ")}>
      {plainText(children)}
    </bdi>
  );
}
