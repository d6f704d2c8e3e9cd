import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { IntegrationEditor } from "@/features/integrations/editor/integration-editor";
import { IntegrationForm } from "@/features/integrations/form/integration-form";

import classes from "./integration-page.module.css";
import { usePageTitle } from "./use-page-title";

/** `/integrations/new` and `/integrations/:id/edit`: the settings of one ticket system. */
export function IntegrationPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const leave = () => void navigate("/integrations");
  usePageTitle(id ? "Integration" : "Add an integration");
  return (
    <div className={classes.page}>
      <Link to="/integrations" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden="true" />
        Integrations
      </Link>
      {id ? <IntegrationEditor key={id} id={id} onSaved={leave} onLeave={leave} /> : <NewIntegration onLeave={leave} />}
    </div>
  );
}

/** The id is generated once, so that a retry does not add a second integration. */
function NewIntegration({ onLeave }: { onLeave: () => void }) {
  const navigate = useNavigate();
  const [id] = useState(() => `psa-${crypto.randomUUID().slice(0, 8)}`);
  return (
    <>
      <h1 className={classes.title}>Add an integration</h1>
      <IntegrationForm id={id} onSaved={() => void navigate(`/integrations/${id}/edit`, { replace: true })} onCancel={onLeave} />
    </>
  );
}
