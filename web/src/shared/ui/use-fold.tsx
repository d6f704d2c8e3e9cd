import { type ReactNode, useState } from "react";

import { FoldButton } from "./fold-button";
import "./use-fold.css"; // Not a module: a style sheet that nothing is taken from is left out of a split bundle.

interface Fold {
  /** Returns the attributes of the entry with this rank; the most telling entry has rank 0. */
  placeOf: (rank: number) => { "data-fold"?: "wide" | "folded" };
  /** Shows all. Null where nothing is folded. */
  button: ReactNode;
}

/** Folds a list of `count` entries to its most telling ones: `wide` of them, or `narrow` on a phone. */
export function useFold(count: number, { wide, narrow, what }: { wide: number; narrow: number; what: string }): Fold {
  const [folded, setFolded] = useState(true);
  if (!folded || count <= narrow) return { placeOf: () => ({}), button: null };
  return {
    placeOf: (rank) => (rank < narrow ? {} : { "data-fold": rank < wide ? "wide" : "folded" }),
    button: (
      <FoldButton isForPhones={count <= wide} onClick={() => setFolded(false)}>
        Show all {count} {what}
      </FoldButton>
    ),
  };
}
