import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId } from "react";
import { Link } from "react-router";

import { useClaim } from "@/features/handoffs/api/mutations";
import { useHandoffs } from "@/features/handoffs/api/queries";
import { ContextBody } from "@/features/handoffs/context/context-body";
import { ContextFrame } from "@/features/handoffs/context/context-frame";
import { isAtLeast, useMe } from "@/shared/api/me";
import { personIn, Problem } from "@/shared/api/problem";

import foot from "./pickup-footer.module.css";
import { PickupAbsent, PickupFailed, PickupLoading } from "./pickup-placeholders";
import classes from "./pickup-screen.module.css";
import { type Pickup, pickupStateOf } from "./pickup-state";
import { PickupStatus } from "./pickup-status";
import { StartHere } from "./start-here";

interface Props {
  sessionId: string;
  opened: boolean;
  /** Called when the reader holds the session. */
  onStarted: () => void | Promise<void>;
  /** Called on Esc. */
  onDismiss: () => void;
  instead: ReactNode;
}

/** The context of a handoff before it is claimed, with "Start here" and a link back to the queue. */
export function PickupScreen({ sessionId, opened, onStarted, onDismiss, instead }: Props) {
  const titleId = useId();
  return (
    <ContextFrame opened={opened} titleId={titleId} onDismiss={onDismiss}>
      <nav aria-label="Way out" className={classes.top}>
        <Link to="/" className={classes.back}>
          <IconArrowLeft size={16} aria-hidden="true" />
          Back to escalations
        </Link>
      </nav>
      <PickupContent sessionId={sessionId} titleId={titleId} onStarted={onStarted} instead={instead} />
    </ContextFrame>
  );
}

function PickupContent({ sessionId, titleId, onStarted, instead }: Omit<Props, "opened" | "onDismiss"> & { titleId: string }) {
  const me = useMe();
  const handoffs = useHandoffs(sessionId);
  const claimMutation = useClaim(() => void onStarted());

  const isLoaded = handoffs.data !== undefined;
  useEffect(() => {
    if (isLoaded) document.getElementById(titleId)?.focus({ preventScroll: true });
  }, [isLoaded, titleId]);

  if (handoffs.isPending) return <PickupLoading titleId={titleId} />;
  if (handoffs.data === undefined) {
    const absent = handoffs.error instanceof Problem && handoffs.error.status === 404;
    if (absent) return <PickupAbsent titleId={titleId} instead={instead} />;
    return <PickupFailed titleId={titleId} error={handoffs.error} onRetry={() => void handoffs.refetch()} />;
  }

  // A refusal applies to one version of the handoff: after a release it can be claimed again.
  const refusal = claimMutation.variables?.version === handoffs.data[0]?.version ? claimMutation.error : null;
  const pickup = afterRefusal(pickupStateOf(handoffs.data, me), refusal);
  if (pickup.kind === "nothing") return <PickupAbsent titleId={titleId} instead={instead} />;
  const { handoff } = pickup;
  const enter = () => void onStarted();

  return (
    <>
      <ContextBody handoff={handoff} titleId={titleId} mayAskAgain={isAtLeast(me, "engineer")} />
      <footer className={foot.foot}>
        <div className={foot.inner}>
          {pickup.kind === "offer" || pickup.kind === "mine" ? (
            <StartHere
              handoff={handoff}
              starting={claimMutation.isPending || claimMutation.isSuccess}
              error={refusal}
              onStart={() => (pickup.kind === "mine" ? enter() : claimMutation.mutate(handoff))}
            />
          ) : (
            <PickupStatus pickup={pickup} instead={instead} onWithdrawn={enter} />
          )}
        </div>
      </footer>
    </>
  );
}

/** Shows who won, from the refusal itself, before the handoff has been loaded again. */
function afterRefusal(pickup: Pickup, refusal: Error | null): Pickup {
  if (pickup.kind !== "offer" || !(refusal instanceof Problem)) return pickup;
  const by = personIn(refusal, "claimed_by");
  const at = refusal.fields.claimed_at;
  return by && typeof at === "string" ? { kind: "taken", handoff: pickup.handoff, by, at } : pickup;
}
