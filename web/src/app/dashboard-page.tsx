import { EscalationQueue } from "@/features/escalations/escalation-queue";

import { usePageTitle } from "./use-page-title";

/** Where a senior starts: who waits. */
export function DashboardPage() {
  usePageTitle("Escalations");
  return <EscalationQueue />;
}
