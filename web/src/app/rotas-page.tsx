import { RotaList } from "@/features/clock/rotas/rota-list";

import { usePageTitle } from "./use-page-title";

/** `/rotas`: who is on call, rota by rota. */
export function RotasPage() {
  usePageTitle("Rotas");
  return <RotaList />;
}
