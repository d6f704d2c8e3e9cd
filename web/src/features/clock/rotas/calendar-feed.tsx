import { Button } from "@mantine/core";

import { useIssueCalendar, useRevokeCalendar } from "@/features/clock/api/mutations";
import type { SavedRota } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { CopyButton } from "@/shared/ui/copy-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import sections from "@/shared/ui/settings-sections.module.css";

import classes from "./rota-view.module.css";

/** The address under which calendars subscribe to the shifts. It is a secret, and shown when it is made only. */
export function CalendarFeed({ rota: { id, calendar_issued_at: issuedAt } }: { rota: SavedRota }) {
  const issueMutation = useIssueCalendar(id);
  const revokeMutation = useRevokeCalendar(id);
  const address = issuedAt === null ? undefined : issueMutation.data;
  return (
    <section aria-labelledby="feed" className={classes.part}>
      <h2 id="feed" className={classes.title}>
        Calendar feed
      </h2>
      <p className={classes.words}>
        {issuedAt === null ? (
          "Outlook, Google and others can subscribe to the shifts. Anyone who has the address can read them."
        ) : (
          <>
            An address was made <Age at={issuedAt} suffix />. It is not shown again; a new one ends it.
          </>
        )}
      </p>
      {address && (
        <div className={sections.box}>
          <code className={sections.address}>{address}</code>
          <CopyButton text={address} label="Copy the address" />
        </div>
      )}
      <div className={classes.buttons}>
        <Button variant="default" size="xs" loading={issueMutation.isPending} onClick={() => issueMutation.mutate()}>
          {issuedAt === null ? "Make an address" : "Make a new address"}
        </Button>
        {issuedAt !== null && (
          <Button variant="subtle" color="red" size="xs" loading={revokeMutation.isPending} onClick={() => revokeMutation.mutate()}>
            Revoke the address
          </Button>
        )}
      </div>
      {issueMutation.isError && <ProblemNote error={issueMutation.error} />}
      {revokeMutation.isError && <ProblemNote error={revokeMutation.error} />}
    </section>
  );
}
