import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "react-router";

import { RotaView } from "@/features/clock/rotas/rota-view";
import page from "@/shared/ui/settings-list.module.css";

import classes from "./integration-page.module.css";
import { useIsHere } from "./use-is-here";
import { usePageTitle } from "./use-page-title";

/** `/rotas/:id`: a rota's shifts. */
export function RotaPage() {
  const { id = "" } = useParams();
  const navigate = useNavigate();
  const isHere = useIsHere();
  usePageTitle("Rota");
  return (
    <div className={page.page}>
      <Link to="/rotas" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden="true" />
        Rotas
      </Link>
      <RotaView key={id} id={id} onDeleted={() => void (isHere() && navigate("/rotas"))} />
    </div>
  );
}
