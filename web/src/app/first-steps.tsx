import { Button } from "@mantine/core";
import { Link } from "react-router";

import { isAtLeast } from "@/shared/api/me";
import type { Me, Role } from "@/shared/api/types";

import classes from "./first-steps.module.css";

const MAY: Record<Role, string> = {
  viewer: "You can read escalations and the context of each handoff. To write in sessions you need the role engineer.",
  engineer: "You can work in sessions and escalate them. Picking up an escalation needs the role senior.",
  senior: "You can work in sessions, escalate them, and pick up the escalations of others.",
  admin: "You can do what a senior can, and connect ticket systems.",
};

interface Props {
  me: Me;
  /** No ticket system is connected. Null while that is not known. */
  isUnconnected: boolean | null;
  onNewSession: () => void;
}

/** What the reader's role can do, and the first steps of an account that has no sessions yet. */
export function FirstSteps({ me, isUnconnected, onNewSession }: Props) {
  const isAdmin = isAtLeast(me, "admin");
  return (
    <section aria-labelledby="first-steps" className={classes.steps}>
      <h2 id="first-steps" className={classes.title}>
        {isAdmin ? "First steps" : "What you can do"}
      </h2>
      <p>{MAY[me.role]}</p>
      {isAdmin && isUnconnected && (
        <div className={classes.step}>
          <p>Connect the ticket system, so that tickets show who works on them.</p>
          <Button component={Link} to="/integrations/new" variant="default" size="xs">
            Connect a ticket system
          </Button>
        </div>
      )}
      {isAdmin && (
        <p>Invite people in your identity provider: put each of them in the group viewer, engineer, senior or admin.</p>
      )}
      {isAtLeast(me, "engineer") && (
        <div className={classes.step}>
          <p>Try it with a sample problem: start a session, ask the assistant, escalate.</p>
          <Button variant="default" size="xs" onClick={onNewSession}>
            New session
          </Button>
        </div>
      )}
    </section>
  );
}
