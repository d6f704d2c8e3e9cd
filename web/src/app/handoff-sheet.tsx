import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

import { useEscape } from "@/shared/ui/use-escape";

import classes from "./handoff-sheet.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

const DRAWN = { duration: 160 };

/** What the panel beside the conversation shows, for screens that have no room for it. Esc and Back close it. */
export function HandoffSheet({ opened, onClose, children }: Props) {
  useEscape(opened, onClose);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(400px, 100vw)"
      title="Notes and next steps"
      closeButtonProps={{ "aria-label": "Close the notes and next steps" }}
      lockScroll={false}
      closeOnEscape={false}
      transitionProps={DRAWN}
    >
      <div className={classes.parts}>{children}</div>
    </Drawer>
  );
}
