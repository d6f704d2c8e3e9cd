import { Button } from "@mantine/core";
import { IconPlug, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";

import { useIntegrations } from "@/features/integrations/api/queries";
import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import { Empty } from "@/shared/ui/empty";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./integration-list.module.css";
import { IntegrationRow } from "./integration-row";

/** The ticket systems of the account. */
export function IntegrationList() {
  const integrations = useIntegrations();
  const items = integrations.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = items.filter(({ settings }) => PSA_KINDS[settings.kind].address !== null);
  return (
    <section aria-labelledby="integrations" className={classes.page}>
      <header className={classes.head}>
        <h1 id="integrations" className={classes.title}>
          Integrations
        </h1>
        <Button component={Link} to="/integrations/new" size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />}>
          Add
        </Button>
        <p className={classes.words}>The ticket systems that hand offs are told to, and that tell us of tickets</p>
      </header>
      {integrations.isError && <ProblemNote error={integrations.error} onRetry={() => void integrations.refetch()} />}
      {integrations.isPending && (
        <div className={classes.loading} role="status" aria-label="Loading integrations">
          <SkeletonLines widths={["medium", "long"]} />
        </div>
      )}
      {integrations.isSuccess && items.length === 0 && (
        <Empty icon={<IconPlug size={24} aria-hidden="true" />} title="No ticket system is connected">
          <p>Connect one, and every hand off leaves a note on its ticket.</p>
        </Empty>
      )}
      {asked.length > 1 && (
        <p className={classes.note}>
          There are several ticket systems. A session that somebody opens by hand does not say whose its ticket is, so it is
          linked to none of them; sessions that a ticket opened are.
        </p>
      )}
      {items.length > 0 && (
        <ul className={classes.rows}>
          {items.map((integration) => (
            <li key={integration.id}>
              <IntegrationRow integration={integration} />
            </li>
          ))}
        </ul>
      )}
      {integrations.hasNextPage && (
        <MoreButton list={integrations}>Show more</MoreButton>
      )}
    </section>
  );
}
