import { UserText } from "@/shared/ui/user-text";

import classes from "./timeline.module.css";

export interface Outgoing {
  text: string;
  /** The browser is offline: nothing has left yet. */
  isWaiting: boolean;
}

/** A message that the API has not answered yet. */
export function OutgoingMessage({ outgoing }: { outgoing: Outgoing }) {
  return (
    <li className={classes.turn} aria-label={outgoing.isWaiting ? "Waiting to send" : "Being sent"}>
      <UserText lines className={classes.sending}>
        {outgoing.text}
      </UserText>
      <p className={classes.thinking} data-waiting={outgoing.isWaiting || undefined} role="status">
        {outgoing.isWaiting
          ? "Waiting to send: you are offline. It is sent when the connection is back."
          : "Sending… The assistant's answer appears here."}
      </p>
    </li>
  );
}
