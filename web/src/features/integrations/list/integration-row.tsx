import { Link } from "react-router";

import { ConnectionTest } from "@/features/integrations/connection-test";
import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import type { Integration } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import rowClasses from "@/shared/ui/settings-row.module.css";
import { UserText } from "@/shared/ui/user-text";

import classes from "./integration-list.module.css";

const FAILING = { access: "Lets FlowPilot in no longer,", webhook: "Webhook switched off" } as const;

/** An integration in the list: kind, address, missing secrets, connection test. */
export function IntegrationRow({ integration }: { integration: Integration }) {
  const { label, address, secrets } = PSA_KINDS[integration.settings.kind];
  const missing = secrets.filter(({ name, required }) => required && !integration.secrets_set_at[name]);
  return (
    <article aria-label={plainText(integration.name)} className={rowClasses.row}>
      <h2 className={rowClasses.name}>
        <Link to={`/integrations/${encodeURIComponent(integration.id)}/edit`} className={classes.link}>
          <UserText>{integration.name}</UserText>
        </Link>
      </h2>
      <p className={rowClasses.facts}>
        <span>{label}</span>
        {integration.base_url && <code className={rowClasses.address}>{plainText(integration.base_url)}</code>}
        <span>
          Changed <Age at={integration.updated_at} suffix />
        </span>
        {integration.failures.map(({ part, since }) => (
          <Mark key={part} tone="red">
            {FAILING[part]} since <Age at={since} />
          </Mark>
        ))}
        {missing.length > 0 && <Mark tone="red">{missing.length === 1 ? "1 secret is missing" : `${missing.length} secrets are missing`}</Mark>}
      </p>
      {address !== null && <ConnectionTest integration={integration} />}
    </article>
  );
}
