import { IconFilterOff } from "@tabler/icons-react";

import { Empty } from "@/shared/ui/empty";

import classes from "./queue-filters.module.css";

interface Props {
  words: string[];
  shown: number;
  hidden: number;
  isSearching: boolean;
  onClear: () => void;
}

/** Says what the filter hides, and that nothing matches it where that is so; with the way back to all. */
export function FilteredNote({ words, shown, hidden, isSearching, onClear }: Props) {
  const clear = (
    <button type="button" className={classes.clear} onClick={onClear}>
      Clear the filter
    </button>
  );
  if (shown > 0 || isSearching) {
    return (
      <p className={classes.shown}>
        <span>
          {isSearching ? "Searching the queue" : `${shown} of ${shown + hidden} shown`}: {words.join(", ")}
        </span>
        {clear}
      </p>
    );
  }
  return (
    <Empty icon={<IconFilterOff size={24} aria-hidden="true" />} title="No escalation matches">
      <p>
        Nothing that waits is {words.join(" and ")}. {hidden === 1 ? "1 escalation is" : `${hidden} escalations are`} hidden.
      </p>
      {clear}
    </Empty>
  );
}
