import { IconAlertTriangle, IconCircleCheck, IconX } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { createPortal } from "react-dom";

import { currentConfirmation, dismissConfirmation, subscribeToConfirmation } from "./confirmation-store";
import classes from "./confirmation.module.css";

/**
 * The place of confirmations. It is rendered once, outside of every part that a success removes, and outside of the page, which
 * is inert below the context of a handoff: what is offered there can be taken, and screen readers say what is shown.
 */
export function Confirmation() {
  const { text, offer } = useSyncExternalStore(subscribeToConfirmation, currentConfirmation);
  return createPortal(
    <div role="status" aria-label="Confirmation" className={classes.place} data-no-print>
      {text !== "" && (
        <p className={classes.note}>
          {offer?.isFailure ? (
            <IconAlertTriangle size={18} aria-hidden="true" className={classes.warning} />
          ) : (
            <IconCircleCheck size={18} aria-hidden="true" className={classes.icon} />
          )}
          {text}
          {offer && (
            <button
              type="button"
              className={classes.offer}
              onClick={() => {
                dismissConfirmation();
                offer.onTake();
              }}
            >
              {offer.label}
            </button>
          )}
          <button type="button" className={classes.close} aria-label="Dismiss" onClick={dismissConfirmation}>
            <IconX size={14} aria-hidden="true" />
          </button>
        </p>
      )}
    </div>,
    document.body,
  );
}
