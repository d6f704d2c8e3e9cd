import { Portal } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";

import { useEscape } from "@/shared/ui/use-escape";

import classes from "./context-frame.module.css";
import { useExitTransition } from "./use-exit-transition";
import { useModalLayer } from "./use-modal-layer";

/** The duration of the exit animation in the style sheet. */
const LEAVING_MS = 160;

interface Props {
  opened: boolean;
  titleId: string;
  /** Called on Esc. */
  onDismiss: () => void;
  children: ReactNode;
}

/** A full-screen modal dialog. It slides in, or fades in with `prefers-reduced-motion`. */
export function ContextFrame({ opened, titleId, onDismiss, children }: Props) {
  const leaving = useExitTransition(opened, LEAVING_MS);
  const keepTabInside = useModalLayer(opened);
  useEscape(opened, onDismiss);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys of a dialog above this one are that dialog's.
    if (!(event.target instanceof Element) || event.target.closest("[role=dialog]") !== event.currentTarget) return;
    keepTabInside(event);
  };

  if (!opened && !leaving) return null;
  return (
    <Portal>
      {/* The dialog itself listens, since keys belong to whatever has the focus inside, and that is the dialog when a
          click hit none of its controls. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        inert={leaving}
        className={classes.frame}
        data-leaving={leaving || undefined}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </Portal>
  );
}
