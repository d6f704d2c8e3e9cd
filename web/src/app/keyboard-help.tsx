import { useEffect } from "react";

import { Dialog } from "@/shared/ui/dialog";
import { isPlainKey } from "@/shared/ui/plain-key";

import classes from "./keyboard-help.module.css";

const SHORTCUTS = [
  { keys: ["j", "k"], what: "Next and previous escalation in the queue" },
  { keys: ["Enter"], what: "Open the escalation, send a message" },
  { keys: ["S", "Ctrl Enter"], what: "Start here, on an escalation that is open" },
  { keys: ["Esc"], what: "Close what is open, go back to the queue" },
  { keys: ["Ctrl K"], what: "Commands" },
  { keys: ["?"], what: "This list" },
];

interface Props {
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

/** The list of keyboard shortcuts. Opens with `?`. */
export function KeyboardHelp({ opened, onOpen, onClose }: Props) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "?" || !isPlainKey(event)) return;
      event.preventDefault();
      onOpen();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [onOpen]);

  return (
    <Dialog opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <dl className={classes.list}>
        {SHORTCUTS.map(({ keys, what }) => (
          <div key={what} className={classes.row}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className={classes.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
