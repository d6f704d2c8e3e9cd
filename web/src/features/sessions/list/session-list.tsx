import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

import { useSessions } from "@/features/sessions/api/queries";
import { useMe } from "@/shared/api/me";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import { matches } from "./session-filter";
import classes from "./session-list.module.css";
import { SessionRow } from "./session-row";

/** My sessions, newest first, with a filter over those that are loaded. */
export function SessionList({ onOpen }: { onOpen: () => void }) {
  const me = useMe();
  const sessions = useSessions();
  const [wanted, setWanted] = useState("");
  const loaded = sessions.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = loaded.filter((session) => matches(session, wanted));

  return (
    <section aria-label="My sessions" className={classes.section}>
      <TextInput
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        placeholder="Filter sessions"
        aria-label="Filter sessions"
        type="search"
        size="xs"
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        className={classes.filter}
      />
      <div className={classes.scroll}>
        {sessions.isPending && <LoadingRows />}
        {sessions.isError && loaded.length === 0 && (
          <ProblemNote error={sessions.error} onRetry={() => void sessions.refetch()} />
        )}
        <ul>
          {shown.map((session) => (
            <li key={session.id}>
              <SessionRow session={session} meId={me.id} onOpen={onOpen} />
            </li>
          ))}
        </ul>
        {sessions.isSuccess && shown.length === 0 && <p className={classes.none}>{noneText(loaded.length, wanted)}</p>}
        {sessions.hasNextPage && (
          <MoreButton list={sessions} isNarrow>
            Show older sessions
          </MoreButton>
        )}
      </div>
    </section>
  );
}

function noneText(loaded: number, wanted: string): string {
  if (wanted.trim() === "") return "No sessions yet. Start one when a ticket needs troubleshooting.";
  return loaded === 0 ? "No sessions yet." : `None of the ${loaded} loaded sessions matches.`;
}

function LoadingRows() {
  return (
    <div className={classes.loading} role="status" aria-label="Loading sessions">
      {Array.from({ length: 5 }, (_, index) => (
        <SkeletonLines key={index} widths={["long", "medium"]} />
      ))}
    </div>
  );
}
