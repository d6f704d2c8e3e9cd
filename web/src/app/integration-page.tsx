import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Link, useNavigate, useParams } from "react-router";

import { IntegrationEditor } from "@/features/integrations/editor/integration-editor";
import { IntegrationForm } from "@/features/integrations/form/integration-form";

import classes from "./integration-page.module.css";
import { LeaveGuard } from "./leave-guard";
import { useIsHere } from "./use-is-here";
import { usePageTitle } from "./use-page-title";

const LIST = "/integrations";

/**
 * `/integrations/new` and `/integrations/:id/edit`: the settings of one ticket system. The id of a new one is generated once, so
 * that a retry does not add a second one.
 */
export function IntegrationPage() {
  const { id: savedId } = useParams();
  const [newId] = useState(() => `psa-${crypto.randomUUID().slice(0, 8)}`);
  const navigate = useNavigate();
  const isHere = useIsHere();
  const [isDirty, setDirty] = useState(false);
  usePageTitle(savedId ? "Integration" : "Add an integration");
  const done = (to: string, replace = false) => {
    if (!isHere()) return;
    flushSync(() => setDirty(false)); // What was saved or deleted is no longer guarded.
    void navigate(to, { replace });
  };
  const cancel = () => void navigate(LIST);
  return (
    <div className={classes.page}>
      <Link to={LIST} className={classes.back}>
        <IconArrowLeft size={16} aria-hidden="true" />
        Integrations
      </Link>
      {savedId ? (
        <IntegrationEditor
          key={savedId}
          id={savedId}
          onSaved={() => done(LIST)}
          onDeleted={() => done(LIST)}
          onCancel={cancel}
          onDirtyChange={setDirty}
        />
      ) : (
        <>
          <h1 className={classes.title}>Add an integration</h1>
          <IntegrationForm id={newId} onSaved={(saved) => done(`${LIST}/${saved.id}/edit`, true)} onCancel={cancel} onDirtyChange={setDirty} />
        </>
      )}
      <LeaveGuard isDirty={isDirty} />
    </div>
  );
}
