import { IntegrationList } from "@/features/integrations/list/integration-list";

import { usePageTitle } from "./use-page-title";

/** `/integrations`: the ticket systems of the account. */
export function IntegrationsPage() {
  usePageTitle("Integrations");
  return <IntegrationList />;
}
