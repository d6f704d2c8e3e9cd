import { EscalationQueue } from "@/features/escalations/escalation-queue";

import { usePageTitle } from "./use-page-title";

/** `/`: the escalation queue. */
export function DashboardPage() {
  usePageTitle("Escalations");
  return <EscalationQueue />;
}
