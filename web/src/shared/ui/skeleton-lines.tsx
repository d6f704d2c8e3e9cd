import classes from "./skeleton-lines.module.css";

type Width = "short" | "medium" | "long" | "full";

/** A placeholder for text that is being loaded. */
export function SkeletonLines({ widths, tall = false }: { widths: Width[]; tall?: boolean }) {
  return (
    <span className={classes.lines} aria-hidden="true">
      {widths.map((width, index) => (
        <span key={index} className={classes.line} data-width={width} data-tall={tall || undefined} />
      ))}
    </span>
  );
}
