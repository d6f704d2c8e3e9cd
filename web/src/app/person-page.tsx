import { useParams } from "react-router";

import { useHandoffs } from "@/features/handoffs/api/queries";
import { HolderActions } from "@/features/handoffs/holder/holder-actions";
import { HeldSessions } from "@/features/people/held-sessions";
import { useMe } from "@/shared/api/me";
import type { SessionItem } from "@/shared/api/types";

import { usePageTitle } from "./use-page-title";

/** `/people/:id`: what somebody holds, for admins, who can act for them. */
export function PersonPage() {
  usePageTitle("Sessions of a person");
  const { id = "" } = useParams();
  const me = useMe();
  return (
    <HeldSessions
      key={id}
      engineerId={id}
      actionsFor={(item) => (id === me.id ? null : item.held_since ? <OfClaim item={item} /> : <OfOwner item={item} />)}
    />
  );
}

/** For a session that was picked up; its handoff is read first. */
function OfClaim({ item }: { item: SessionItem }) {
  const handoff = useHandoffs(item.id).data?.[0];
  return handoff?.claimed_by && <HolderActions sessionId={item.id} holder={handoff.claimed_by} handoff={handoff} />;
}

/** For a session that its owner works on. */
function OfOwner({ item }: { item: SessionItem }) {
  return <HolderActions sessionId={item.id} holder={item.escalated_to ?? item.owner} handoff={undefined} />;
}
