import { Button, Group } from "@mantine/core";
import { IconGhost2 } from "@tabler/icons-react";
import { Link } from "react-router";

import { HolderActions } from "@/features/handoffs/holder/holder-actions";
import { isAtLeast, useMe } from "@/shared/api/me";
import type { Handoff } from "@/shared/api/types";
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
  const holder = handoff?.status === "claimed" ? handoff.claimed_by : null;
  return (
    <Empty
      icon={<IconGhost2 size={24} aria-hidden="true" />}
      isPage
      title={handoff ? "This session is in other hands" : "This session can't be found"}
    >
      <p>
        {handoff
          ? "Only its owner and its holder can read it. The context of its handoff is open to you."
          : "The link may be wrong, or the session belongs to somebody else."}
      </p>
      <Group justify="center" mt={16}>
        {holder && isAtLeast(me, "admin") && <HolderActions sessionId={sessionId} holder={holder} handoff={handoff} />}
        <Button component={Link} to={handoff ? `/pilot/${sessionId}?pickup=true` : "/"} variant="default">
          {handoff ? "See the handoff" : "Go to escalations"}
        </Button>
      </Group>
    </Empty>
  );
}
