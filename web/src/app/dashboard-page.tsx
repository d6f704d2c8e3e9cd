import { useOutletContext } from "react-router";

import { useEscalations } from "@/features/escalations/api/queries";
import { EscalationQueue } from "@/features/escalations/escalation-queue";
import { useSessions, useTicketSystems } from "@/features/sessions/api/queries";
import { isAtLeast, useMe } from "@/shared/api/me";

import { FirstSteps } from "./first-steps";
import type { ShellContext } from "./shell-context";
import { usePageTitle } from "./use-page-title";

/** `/`: the escalation queue. Where there is nothing yet, also what the reader can do. */
export function DashboardPage() {
  usePageTitle("Escalations");
  const me = useMe();
  const shell = useOutletContext<ShellContext | null>();
  const queue = useEscalations();
  const sessions = useSessions();
  const mine = sessions.data?.pages.flatMap((page) => page.items) ?? [];
  const own = mine.filter((session) => session.status === "escalated" && session.owner.id === me.id);
  const isIdle = queue.data?.pages.every((page) => page.items.length === 0) === true && sessions.isSuccess && mine.length === 0;
  const systems = useTicketSystems(isIdle && isAtLeast(me, "admin"));
  return (
    <>
      <EscalationQueue own={own} />
      {isIdle && (
        <FirstSteps
          me={me}
          isUnconnected={systems.data ? systems.data.length === 0 : null}
          onNewSession={() => shell?.onNewSession()}
        />
      )}
    </>
  );
}
