import type { CSSProperties } from "react";

interface Growing {
  autosize?: boolean;
  minRows?: number;
  maxRows?: number;
  style?: CSSProperties;
}

/**
 * Props of a text field that is as high as its text, between two numbers of rows: by the style sheet where the browser can.
 * Mantine measures it in a script, which lays the whole page out several times at each key.
 */
export function growing(minRows: number, maxRows: number): Growing {
  if (!("fieldSizing" in document.documentElement.style)) return { autosize: true, minRows, maxRows };
  return { style: { "--min-rows": minRows, "--max-rows": maxRows } as CSSProperties };
}
