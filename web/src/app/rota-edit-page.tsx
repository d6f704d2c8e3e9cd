import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Link, useNavigate, useParams } from "react-router";

import { RotaEditor } from "@/features/clock/rotas/rota-editor";
import type { SavedRota } from "@/shared/api/types";

import classes from "./integration-page.module.css";
import { LeaveGuard } from "./leave-guard";
import { useIsHere } from "./use-is-here";
import { usePageTitle } from "./use-page-title";

/** `/rotas/new` and `/rotas/:id/edit`. The id of a new rota is generated once, so that a retry does not add a second one. */
export function RotaEditPage() {
  const { id: savedId } = useParams();
  const [newId] = useState(() => `rota-${crypto.randomUUID().slice(0, 8)}`);
  const id = savedId ?? newId;
  const navigate = useNavigate();
  const isHere = useIsHere();
  const [isDirty, setDirty] = useState(false);
  const back = savedId ? `/rotas/${savedId}` : "/rotas";
  usePageTitle(savedId ? "Edit rota" : "Add a rota");
  const leave = (saved: SavedRota) => {
    if (!isHere()) return;
    flushSync(() => setDirty(false)); // What was saved is no longer guarded.
    void navigate(`/rotas/${saved.id}`);
  };
  return (
    <div className={classes.page}>
      <Link to={back} className={classes.back}>
        <IconArrowLeft size={16} aria-hidden="true" />
        {savedId ? "Rota" : "Rotas"}
      </Link>
      <h1 className={classes.title}>{savedId ? "Edit the rota" : "Add a rota"}</h1>
      <RotaEditor
        key={id}
        id={id}
        isNew={!savedId}
        onSaved={leave}
        onCancel={() => void navigate(back)}
        onDirtyChange={setDirty}
      />
      <LeaveGuard isDirty={isDirty} />
    </div>
  );
}
