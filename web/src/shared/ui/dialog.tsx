import { Modal } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import type { ReactNode } from "react";

import classes from "./dialog.module.css";
import { useEscape } from "./use-escape";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Without it, what comes after the dialog takes the focus. */
  returnsFocus?: boolean;
  children: ReactNode;
}

/** A modal dialog: traps the focus, returns it, and closes on Esc while no other is above it. */
export function Dialog({ opened, onClose, title, returnsFocus = true, children }: Props) {
  const reduced = useReducedMotion();
  useEscape(opened, onClose);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      returnFocus={returnsFocus}
      closeOnEscape={false}
      size={560}
      lockScroll={false}
      classNames={classes}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ transition: reduced ? "fade" : "pop", duration: 140 }}
    >
      {children}
    </Modal>
  );
}
