import classes from "./initials.module.css";
import { plainText } from "./plain-text";

/** A person's initials. Hidden from screen readers, since the name is always next to it. */
export function Initials({ name, size = 24 }: { name: string; size?: 20 | 24 | 28 }) {
  const words = plainText(name).trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => Array.from(word ?? "")[0] ?? "").join("");
  return (
    <span aria-hidden="true" className={classes.initials} data-size={size}>
      {letters.toUpperCase()}
    </span>
  );
}
