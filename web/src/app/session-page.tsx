import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

import { NextEscalation } from "@/features/escalations/next-escalation";
import { queueAddress } from "@/features/escalations/queue-address";
import { useHandoffs } from "@/features/handoffs/api/queries";
import { PickupScreen } from "@/features/handoffs/pickup/pickup-screen";
import { closeShownNotifications } from "@/features/notifications/push/shown-notifications";
import { useReadOnOpen } from "@/features/notifications/use-read-on-open";
import { useApi } from "@/shared/api/api-context";
import { useMe } from "@/shared/api/me";
import { refreshSession } from "@/shared/stale-keys";

import { FOCUS_MESSAGE } from "./focus-message";
import { SessionView } from "./session-view";

/** `/pilot/:id`: the session, or with `?pickup=true` first the context of its handoff. */
export function SessionPage() {
  const { id = "" } = useParams();
  return <Pilot key={id} sessionId={id} />;
}

function Pilot({ sessionId }: { sessionId: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const [params, setParams] = useSearchParams();
  const pickup = params.get("pickup") === "true";
  const newest = useHandoffs(sessionId).data?.[0];
  useReadOnOpen(sessionId, newest, useMe().id);

  // A session that was given away is left, unless the reader has moved on meanwhile.
  const navigate = useNavigate();
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => void (isHere.current = false);
  }, []);
  const leave = () => {
    if (!isHere.current) return;
    isHere.current = false; // A start that is still loading does not lead back here.
    void navigate(queueAddress(), { replace: true });
  };

  // Loads the session before the context fades out.
  const enter = async () => {
    if (newest) void closeShownNotifications(newest.id);
    await refreshSession(api, queries, sessionId);
    if (!isHere.current) return;
    setParams(
      (before) => {
        before.delete("pickup");
        return before;
      },
      { replace: true, state: FOCUS_MESSAGE },
    );
  };

  return (
    <>
      {!pickup && <SessionView sessionId={sessionId} onLeave={leave} />}
      <PickupScreen
        sessionId={sessionId}
        opened={pickup}
        onStarted={enter}
        onUndone={leave}
        queueAddress={queueAddress()}
        onDismiss={() => void navigate(queueAddress())}
        instead={<NextEscalation than={sessionId} />}
      />
    </>
  );
}
