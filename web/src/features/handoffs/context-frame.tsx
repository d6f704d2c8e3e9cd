import { Portal, Transition } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import type { KeyboardEvent, ReactNode } from "react";

import classes from "./context-frame.module.css";
import { useModalLayer } from "./use-modal-layer";

const SLIDE = {
  in: { opacity: 1, transform: "translateY(0)" },
  out: { opacity: 0, transform: "translateY(24px)" },
  transitionProperty: "opacity, transform",
};
const DURATION_MS = 180;

interface Props {
  opened: boolean;
  titleId: string;
  /** Left out where there is no way round a decision: then Esc does nothing. */
  onDismiss?: (() => void) | undefined;
  children: ReactNode;
}

/** The whole screen for the context of a handoff. It slides in, or fades for those who asked for less motion. */
export function ContextFrame({ opened, titleId, onDismiss, children }: Props) {
  const reduced = useReducedMotion();
  const keepTabInside = useModalLayer(opened);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") onDismiss?.();
    keepTabInside(event);
  };

  return (
    <Transition mounted={opened} transition={reduced ? "fade" : SLIDE} duration={DURATION_MS} timingFunction="ease-out">
      {(style) => (
        <Portal>
          {/* The dialog itself listens, since keys belong to whatever has the focus inside, and that is the dialog
              when a click hit none of its controls. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <div
            role="dialog"
            aria-modal="true"
            aria-labelledby={titleId}
            tabIndex={-1}
            className={classes.frame}
            style={style}
            onKeyDown={onKeyDown}
          >
            {children}
          </div>
        </Portal>
      )}
    </Transition>
  );
}
