import { Button, Group } from "@mantine/core";
import { IconGhost2 } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";

import { HolderActions } from "@/features/handoffs/holder/holder-actions";
import { mayReopenAfter } from "@/features/sessions/reopen/may-reopen";
import { ReopenDialog } from "@/features/sessions/reopen/reopen-dialog";
import { isAtLeast, useMe } from "@/shared/api/me";
import type { Handoff } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";
import { Empty } from "@/shared/ui/empty";

import { usePageTitle } from "./use-page-title";

interface Props {
  sessionId: string;
  /** The session's newest handoff, if the account may read one. */
  handoff: Handoff | undefined;
}

/** A session that does not exist or that the reader may not read. Links to the context of its handoff, if there is one. */
export function SessionAbsent({ sessionId, handoff }: Props) {
  usePageTitle("Not found");
  const me = useMe();
  const [isReopening, setReopening] = useState(false);
  const now = useNow();
  const isReopenable = handoff !== undefined && mayReopenAfter(handoff, me, now);
  const holder = handoff?.status === "claimed" ? handoff.claimed_by : null;
  return (
    <Empty
      icon={<IconGhost2 size={24} aria-hidden="true" />}
      isPage
      title={handoff ? (isReopenable ? "This session is resolved" : "This session is in other hands") : "This session can't be found"}
    >
      <p>
        {handoff
          ? "Only its owner and its holder can read it. The context of its handoff is open to you."
          : "The link may be wrong, or the session belongs to somebody else."}
      </p>
      <Group justify="center" mt={16}>
        {holder && isAtLeast(me, "admin") && <HolderActions sessionId={sessionId} holder={holder} handoff={handoff} />}
        {isReopenable && <Button onClick={() => setReopening(true)}>Reopen</Button>}
        <Button component={Link} to={handoff ? `/pilot/${sessionId}?pickup=true` : "/"} variant="default">
          {handoff ? "See the handoff" : "Go to escalations"}
        </Button>
      </Group>
      {isReopenable && (
        <ReopenDialog
          session={{ id: sessionId, epoch: handoff.claim_epoch, integration_id: null, psa_ticket_id: handoff.snapshot.psa_ticket_id }}
          opened={isReopening}
          onClose={() => setReopening(false)}
        />
      )}
    </Empty>
  );
}
