import { ReadinessView } from "@/features/readiness/readiness-view";
import { isAtLeast, useMe } from "@/shared/api/me";

import { NotFoundPage } from "./not-found-page";
import { usePageTitle } from "./use-page-title";

/** `/readiness`: who would be reached how in the next seven days, for seniors and admins. */
export function ReadinessPage() {
  usePageTitle("Readiness");
  return isAtLeast(useMe(), "senior") ? <ReadinessView /> : <NotFoundPage />;
}
