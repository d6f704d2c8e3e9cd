import { Button } from "@mantine/core";
import { useState } from "react";

import { useIntegration } from "@/features/integrations/api/queries";
import { ConnectionTest } from "@/features/integrations/connection-test";
import { IntegrationForm } from "@/features/integrations/form/integration-form";
import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import { ProblemNote } from "@/shared/ui/problem-note";
import sections from "@/shared/ui/settings-sections.module.css";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";
import { UserText } from "@/shared/ui/user-text";

import { DeleteIntegration } from "./delete-integration";
import classes from "./integration-editor.module.css";
import { IntegrationFailures } from "./integration-failures";
import { WebhookAddress } from "./webhook-address";
import { WebhookEvents } from "./webhook-events";

interface Props {
  id: string;
  onSaved: () => void;
  onDeleted: () => void;
  onCancel: () => void;
  onDirtyChange: (isDirty: boolean) => void;
}

/** An existing integration: connection test, webhook address, settings, deletion. */
export function IntegrationEditor({ id, onSaved, onDeleted, onCancel, onDirtyChange }: Props) {
  const { data: integration, error, isPending, refetch } = useIntegration(id);
  const [deleting, setDeleting] = useState(false);
  if (isPending) return <SkeletonLines widths={["medium", "long", "full"]} />;
  if (!integration) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  const { label, address } = PSA_KINDS[integration.settings.kind];
  return (
    <div className={classes.editor}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          <UserText>{integration.name}</UserText>
        </h1>
        <p className={classes.words}>{label}</p>
      </header>
      <IntegrationFailures integration={integration} />
      {address !== null && <ConnectionTest integration={integration} />}
      <WebhookAddress integration={integration} />
      <WebhookEvents integration={integration} />
      <IntegrationForm
        id={id}
        integration={integration}
        onSaved={onSaved}
        onCancel={onCancel}
        onDirtyChange={onDirtyChange}
      />
      <section aria-label="Delete" className={sections.end}>
        <p>Tickets get no more notes after that.</p>
        <Button variant="outline" color="red" size="xs" onClick={() => setDeleting(true)}>
          Delete the integration…
        </Button>
      </section>
      <DeleteIntegration integration={integration} opened={deleting} onClose={() => setDeleting(false)} onDeleted={onDeleted} />
    </div>
  );
}
