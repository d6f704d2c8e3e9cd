import type { Handoff, HandoffEvent, Note, Session } from "@/shared/api/types";

import type { Stored } from "./in-memory-api.ts";
import { titleOf } from "./views.ts";

/** The types of the events of a handoff. */
export type HandoffEventType = Exclude<HandoffEvent["type"], "session_note_added">;

type Unnamed = Omit<HandoffEvent, "id">;

/** The event of a change of a handoff, as its stream derives it. */
export const eventOfHandoff = (type: HandoffEventType, handoff: Stored<Handoff>, at: string): Unnamed => ({
  type,
  occurred_at: at,
  account_id: handoff.accountId,
  session_id: handoff.session_id,
  handoff_id: handoff.id,
  version: handoff.version,
  actor: handoff.actor,
  title: titleOf(type, handoff),
  data: { intent: handoff.intent, status: handoff.status, priority: handoff.priority },
});

/** The event of a note by itself. */
export const eventOfNote = (session: Stored<Session>, note: Note): Unnamed => ({
  type: "session_note_added",
  occurred_at: note.created_at,
  account_id: session.accountId,
  session_id: session.id,
  handoff_id: null,
  version: note.seq,
  actor: { id: note.author.id, name: note.author.name },
  title: `Note from ${note.author.name}: ${session.problem_summary.slice(0, 70)}`,
  data: { seq: note.seq, psa_ticket_id: session.psa_ticket_id },
});
