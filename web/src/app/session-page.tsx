import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

import { NextEscalation } from "@/features/escalations/next-escalation";
import { PickupScreen } from "@/features/handoffs/pickup/pickup-screen";
import { sessionQuery, turnsQuery } from "@/features/sessions/api/queries";
import { useApi } from "@/shared/api/api-context";

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

  // A session that was given away is left, unless the reader has moved on meanwhile.
  const navigate = useNavigate();
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => void (isHere.current = false);
  }, []);
  const leave = () => {
    if (isHere.current) void navigate("/", { replace: true });
  };

  // Loads the session before the context fades out.
  const enter = async () => {
    await Promise.allSettled([
      queries.query(sessionQuery(api, sessionId)),
      queries.query(turnsQuery(api, sessionId)),
    ]);
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
        onDismiss={() => void navigate("/")}
        instead={<NextEscalation than={sessionId} />}
      />
    </>
  );
}
