import { useOutletContext } from "react-router";

import { useWaiting } from "@/features/escalations/api/queries";
import { EscalationQueue } from "@/features/escalations/escalation-queue";
import { useSessions, useTicketSystems } from "@/features/sessions/api/queries";
import { HandedOff } from "@/features/sessions/handed-off/handed-off";
import { isAtLeast, isSenior, useMe } from "@/shared/api/me";

import { FirstSteps } from "./first-steps";
import type { ShellContext } from "./shell-context";
import { usePageTitle } from "./use-page-title";

/** `/`: the queue, and what the reader handed off: first for who may not claim. Where there is nothing yet, what to do first. */
export function DashboardPage() {
  usePageTitle("Escalations");
  const me = useMe();
  const shell = useOutletContext<ShellContext | null>();
  const waiting = useWaiting();
  const sessions = useSessions();
  const hasSessions = sessions.data?.pages.some((page) => page.items.length > 0) === true;
  const isNew = waiting?.has_history === false;
  const isIdle = waiting?.total === 0 && sessions.isSuccess && !hasSessions;
  const systems = useTicketSystems((isNew || isIdle) && isAtLeast(me, "admin"));
  const firstSteps = (
    <FirstSteps me={me} isUnconnected={systems.data ? systems.data.length === 0 : null} onNewSession={() => shell?.onNewSession()} />
  );
  const writes = isAtLeast(me, "engineer");
  return (
    <>
      {writes && !isSenior(me) && <HandedOff />}
      <EscalationQueue firstSteps={firstSteps} />
      {isIdle && !isNew && firstSteps}
      {writes && isSenior(me) && <HandedOff />}
    </>
  );
}
