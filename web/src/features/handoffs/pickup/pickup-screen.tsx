import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId } from "react";
import { Link } from "react-router";

import { useHandoffs } from "@/features/handoffs/api/queries";
import { ContextBody } from "@/features/handoffs/context/context-body";
import { ContextFrame } from "@/features/handoffs/context/context-frame";
import { isAtLeast, useMe } from "@/shared/api/me";
import { personIn, Problem } from "@/shared/api/problem";
import { useNow } from "@/shared/ui/clock";

import foot from "./pickup-footer.module.css";
import { PickupAbsent, PickupFailed, PickupLoading } from "./pickup-placeholders";
import classes from "./pickup-screen.module.css";
import { type Pickup, pickupStateOf } from "./pickup-state";
import { PickupStatus } from "./pickup-status";
import { StartHere } from "./start-here";
import { useClaimWithUndo } from "./use-claim-with-undo";

interface Props {
  sessionId: string;
  opened: boolean;
  /** Called when the reader holds the session. */
  onStarted: () => void | Promise<void>;
  /** Called when the reader has undone their claim. */
  onUndone: () => void;
  /** Where the queue is, as the reader left it. */
  queueAddress: string;
  /** Called on Esc. */
  onDismiss: () => void;
  instead: ReactNode;
}

/** The context of a handoff before it is claimed, with "Start here" and a link back to the queue. */
export function PickupScreen({ sessionId, opened, queueAddress, onDismiss, ...content }: Props) {
  const titleId = useId();
  return (
    <ContextFrame opened={opened} titleId={titleId} onDismiss={onDismiss}>
      <nav aria-label="Way out" className={classes.top} data-no-print>
        <Link to={queueAddress} className={classes.back}>
          <IconArrowLeft size={16} aria-hidden="true" />
          Back to escalations
        </Link>
      </nav>
      <PickupContent sessionId={sessionId} titleId={titleId} {...content} />
    </ContextFrame>
  );
}

type ContentProps = Omit<Props, "opened" | "queueAddress" | "onDismiss"> & { titleId: string };

function PickupContent({ sessionId, titleId, onStarted, onUndone, instead }: ContentProps) {
  const me = useMe();
  const now = useNow();
  const handoffs = useHandoffs(sessionId);
  const { claimMutation, claim } = useClaimWithUndo({ onStarted: () => void onStarted(), onUndone });

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
  const pickup = afterRefusal(pickupStateOf(handoffs.data, me, now), refusal);
  if (pickup.kind === "nothing") return <PickupAbsent titleId={titleId} instead={instead} />;
  const { handoff } = pickup;
  const enter = () => void onStarted();

  return (
    <>
      <ContextBody handoff={handoff} titleId={titleId} mayAskAgain={isAtLeast(me, "engineer")} />
      <footer className={foot.foot} data-no-print>
        <div className={foot.inner}>
          {pickup.kind === "offer" || pickup.kind === "mine" ? (
            <StartHere
              handoff={handoff}
              starting={claimMutation.isPending || claimMutation.isSuccess}
              error={refusal}
              onStart={() => (pickup.kind === "mine" ? enter() : claim(handoff))}
            />
          ) : (
            <PickupStatus pickup={pickup} me={me} instead={instead} onWithdrawn={enter} />
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
