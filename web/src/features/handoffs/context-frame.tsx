import { FocusTrap, Portal, Transition } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import type { KeyboardEvent, ReactNode } from "react";

import classes from "./context-frame.module.css";
import { useFocusGivenBack } from "./use-focus-given-back";

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
  useFocusGivenBack(opened);
  const dismissOnEsc = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDismiss?.();
  };

  return (
    <Transition mounted={opened} transition={reduced ? "fade" : SLIDE} duration={DURATION_MS} timingFunction="ease-out">
      {(style) => (
        <Portal>
          <FocusTrap active={opened}>
            {/* The dialog itself listens, since Esc belongs to whatever has the focus inside. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
            <div
              role="dialog"
              aria-modal="true"
              aria-labelledby={titleId}
              className={classes.frame}
              style={style}
              onKeyDown={dismissOnEsc}
            >
              {children}
            </div>
          </FocusTrap>
        </Portal>
      )}
    </Transition>
  );
}
