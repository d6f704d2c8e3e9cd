import { useApi } from "@/shared/api/api-context";
import type { Integration } from "@/shared/api/types";
import { CopyButton } from "@/shared/ui/copy-button";
import sections from "@/shared/ui/settings-sections.module.css";

import classes from "./integration-editor.module.css";

/** The URL to which the ticket system has to send its webhooks. */
export function WebhookAddress({ integration }: { integration: Integration }) {
  const address = useApi().baseUrl + integration.webhook_path;
  return (
    <section aria-label="Webhooks" className={sections.box}>
      <div className={classes.where}>
        <p className={classes.label}>Send webhooks to</p>
        <code className={sections.address}>{address}</code>
      </div>
      <CopyButton text={address} label="Copy" />
    </section>
  );
}
