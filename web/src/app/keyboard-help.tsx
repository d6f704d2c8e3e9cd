import { Dialog } from "@/shared/ui/dialog";

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
  onClose: () => void;
}

/** The list of keyboard shortcuts. */
export function KeyboardHelp({ opened, onClose }: Props) {
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
