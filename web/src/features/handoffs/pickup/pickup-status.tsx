import { type ReactNode, useEffect, useRef } from "react";

import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { UserText } from "@/shared/ui/user-text";

import { HolderActions } from "@/features/handoffs/holder/holder-actions";
import { TakeBack } from "@/features/handoffs/withdraw/take-back";
import { DirectedTo } from "@/shared/ui/directed-to";
import classes from "./pickup-footer.module.css";
import type { Pickup } from "./pickup-state";

type NoOffer = Exclude<Pickup, { kind: "offer" | "nothing" | "mine" }>;

interface Props {
  pickup: NoOffer;
  me: Me;
  /** What to do instead, such as the next escalation in the queue. */
  instead: ReactNode;
  onWithdrawn: () => void;
}

/** Why the reader cannot claim the handoff, and what to do now. */
export function PickupStatus({ pickup, me, instead, onWithdrawn }: Props) {
  const text = useRef<HTMLDivElement>(null);
  // It replaces "Start here", which may have had the focus.
  useEffect(() => {
    if (document.activeElement === document.body) text.current?.focus({ preventScroll: true });
  }, []);

  return (
    <div className={classes.row}>
      <div ref={text} className={classes.status} role="status" tabIndex={-1}>
        <StatusText pickup={pickup} />
      </div>
      {pickup.kind === "taken" && isAtLeast(me, "admin") && (
        <HolderActions sessionId={pickup.handoff.session_id} holder={pickup.by} handoff={pickup.handoff} />
      )}
      {pickup.kind === "own" ? <TakeBack handoff={pickup.handoff} onWithdrawn={onWithdrawn} /> : instead}
    </div>
  );
}

function StatusText({ pickup }: { pickup: NoOffer }) {
  switch (pickup.kind) {
    case "taken":
      return (
        <>
          <p className={classes.title}>
            <UserText>{pickup.by.name}</UserText> picked this up <Age at={pickup.at} suffix />
          </p>
          <p className={classes.words}>Nothing is left to do here. Take the next one, or ask them if you can help.</p>
        </>
      );
    case "directed":
      return (
        <>
          <p className={classes.title}>
            <DirectedTo to={pickup.to} until={pickup.until} />
          </p>
          <p className={classes.words}>Only they can pick it up until then. It opens to all after that.</p>
        </>
      );
    case "own":
      return (
        <>
          <p className={classes.title}>You handed this off</p>
          <p className={classes.words}>Another senior has to pick it up. This is what they will see.</p>
        </>
      );
    case "role":
      return (
        <>
          <p className={classes.title}>Waiting to be picked up</p>
          <p className={classes.words}>You can read this; picking it up needs another role.</p>
        </>
      );
    case "closed":
      return <Closed handoff={pickup.handoff} />;
  }
}

function Closed({ handoff }: { handoff: Handoff }) {
  if (handoff.reopened_by && handoff.reopened_at) {
    return (
      <>
        <p className={classes.title}>
          <UserText>{handoff.reopened_by.name}</UserText> reopened this <Age at={handoff.reopened_at} suffix />
        </p>
        <p className={classes.words}>They work on it again. There is nothing to pick up.</p>
      </>
    );
  }
  return (
    <>
      <p className={classes.title}>
        <UserText>{handoff.actor.name}</UserText> {ACTIONS[handoff.status]} <Age at={handoff.updated_at} suffix />
      </p>
      <p className={classes.words}>There is nothing to pick up any more.</p>
    </>
  );
}

const ACTIONS: Record<Handoff["status"], string> = {
  withdrawn: "took this back",
  passed_on: "passed this on",
  resolved: "resolved this",
  claimed: "picked this up",
  unclaimed: "returned this to the queue",
};
