import { Button } from "@mantine/core";
import { IconPlug, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";

import { useIntegrations } from "@/features/integrations/api/queries";
import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import { Empty } from "@/shared/ui/empty";
import { MoreButton } from "@/shared/ui/more-button";
import { SettingsList } from "@/shared/ui/settings-list";

import classes from "./integration-list.module.css";
import { IntegrationRow } from "./integration-row";

/** The ticket systems of the account. */
export function IntegrationList() {
  const integrations = useIntegrations();
  const items = integrations.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = items.filter(({ settings }) => PSA_KINDS[settings.kind].address !== null);
  return (
    <SettingsList
      id="integrations"
      title="Integrations"
      about="The ticket systems that get a note of each hand off and report changes of tickets"
      add={
        <Button component={Link} to="/integrations/new" size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />}>
          Add
        </Button>
      }
      error={integrations.error}
      onRetry={() => void integrations.refetch()}
      isLoading={integrations.isPending}
      empty={
        <Empty icon={<IconPlug size={24} aria-hidden="true" />} title="No ticket system is connected">
          <p>Connect one, and every hand off leaves a note on its ticket.</p>
        </Empty>
      }
      rows={items.map((integration) => [integration.id, <IntegrationRow integration={integration} />])}
      note={asked.length > 1 && <SeveralSystems />}
    >
      {integrations.hasNextPage && <MoreButton list={integrations}>Show more</MoreButton>}
    </SettingsList>
  );
}

function SeveralSystems() {
  return (
    <p className={classes.note}>
      There are several ticket systems. A session that somebody opens by hand does not say whose its ticket is, so it is
      linked to none of them; sessions that a ticket opened are.
    </p>
  );
}
