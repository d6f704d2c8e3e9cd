import { Button } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/shared/api/me";
import type { Session, Turn } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";

import { ChangeTurnDialog } from "./change-turn-dialog";
import { StrikeOutDialog } from "./strike-out-dialog";
import classes from "./turn-corrections.module.css";

/** How long an author may change a turn. */
const CHANGE_FOR_MS = 10 * 60 * 1000;

/** What the author of a turn may do with it: change it for ten minutes, and strike it out. */
export function TurnCorrections({ session, turn }: { session: Session; turn: Turn }) {
  const me = useMe();
  const now = useNow();
  const [opened, setOpened] = useState<"change" | "strike" | null>(null);
  const isOwn = turn.author.kind === "engineer" && turn.author.id === me.id;
  const isRecord = turn.kind === "note" && turn.about === "corrected";
  if (!isOwn || isRecord || turn.struck || session.status === "resolved" || me.role === "viewer") return null;
  const close = () => setOpened(null);
  return (
    <div className={classes.buttons}>
      {now - Date.parse(turn.created_at) < CHANGE_FOR_MS && (
        <Button variant="subtle" color="gray" size="compact-xs" aria-label={`Edit entry ${turn.seq}`} onClick={() => setOpened("change")}>
          Edit
        </Button>
      )}
      <Button variant="subtle" color="gray" size="compact-xs" aria-label={`Strike out entry ${turn.seq}`} onClick={() => setOpened("strike")}>
        Strike out
      </Button>
      <ChangeTurnDialog sessionId={session.id} turn={turn} opened={opened === "change"} onClose={close} />
      <StrikeOutDialog sessionId={session.id} turn={turn} opened={opened === "strike"} onClose={close} />
    </div>
  );
}
