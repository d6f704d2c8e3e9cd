import { useApi } from "@/shared/api/api-context";
import type { Integration } from "@/shared/api/types";
import { CopyButton } from "@/shared/ui/copy-button";

import classes from "./integration-editor.module.css";

/** The URL to which the ticket system has to send its webhooks. */
export function WebhookAddress({ integration }: { integration: Integration }) {
  const address = useApi().baseUrl + integration.webhook_path;
  return (
    <section aria-label="Webhooks" className={classes.webhook}>
      <div className={classes.where}>
        <p className={classes.label}>Send webhooks to</p>
        <code className={classes.address}>{address}</code>
      </div>
      <CopyButton text={address} label="Copy" />
    </section>
  );
}
