import { Button } from "@mantine/core";
import { IconCheck, IconPlugConnected, IconX } from "@tabler/icons-react";

import { useTestConnection } from "@/features/integrations/api/mutations";
import type { ConnectionCheck, Integration } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Mark } from "@/shared/ui/mark";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./connection-test.module.css";

/** Tests the saved settings and shows the ticket system's answer. */
export function ConnectionTest({ integration }: { integration: Integration }) {
  const testMutation = useTestConnection(integration.id);
  return (
    <div className={classes.test}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlugConnected size={14} aria-hidden="true" />}
        loading={testMutation.isPending}
        onClick={() => testMutation.mutate()}
        aria-label={`Test connection: ${integration.name}`}
      >
        Test connection
      </Button>
      <div role="status" className={classes.outcome}>
        {testMutation.isSuccess && <TestResult check={testMutation.data} />}
      </div>
      {testMutation.isError && <ProblemNote error={testMutation.error} />}
    </div>
  );
}

function TestResult({ check }: { check: ConnectionCheck }) {
  const { works, detail, warnings } = check;
  const Icon = works ? IconCheck : IconX;
  return (
    <>
      <Mark tone={works ? "green" : "red"} icon={<Icon size={14} stroke={2.5} aria-hidden="true" />}>
        {works ? "Works" : "Does not work"}
      </Mark>
      {works ? <TestLog check={check} /> : <UserText className={classes.detail}>{detail}</UserText>}
      {warnings.length > 0 && (
        <ul className={classes.warnings}>
          {warnings.map((warning) => (
            <li key={warning}>
              <UserText>{warning}</UserText>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What a test that succeeded did. */
function TestLog({ check: { ticket_number: ticket, webhook_last_at: seenAt } }: { check: ConnectionCheck }) {
  return (
    <p className={classes.detail}>
      {ticket === null ? "There is no ticket to read" : <UserText>{`Read ticket #${ticket}`}</UserText>}; wrote nothing;{" "}
      {seenAt === null ? (
        "no webhook seen yet"
      ) : (
        <>
          webhook last seen <Age at={seenAt} suffix />
        </>
      )}
      .
    </p>
  );
}
