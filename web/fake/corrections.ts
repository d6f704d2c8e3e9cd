import type { Session, SessionCorrection, Step, Turn, TurnCorrection } from "@/shared/api/types";

import type { InMemoryApi } from "./in-memory-api.ts";
import { nameOf } from "./new-records.ts";
import type { FakePerson } from "./people.ts";
import { notFound, Refusal, stateRefusal } from "./refusal.ts";

const CHANGE_FOR_MS = 10 * 60 * 1000;

/** Corrects what a session says; a note keeps what it said before. */
export function correctSession(api: InMemoryApi, id: string, me: FakePerson, asked: SessionCorrection): Session {
  const { epoch, ...given } = asked;
  const read = api.session(id, me);
  const session = read.holder === null && read.epoch === epoch ? read : api.writable(id, me, epoch);
  const was = [
    given.problem_summary && given.problem_summary !== session.problem_summary && `Summary was: ${session.problem_summary}`,
    "psa_ticket_id" in given && given.psa_ticket_id !== session.psa_ticket_id && `Ticket was: #${session.psa_ticket_id}`,
  ].filter(Boolean);
  const handoff = api.handoffs.get(session.open_handoff_id ?? "");
  api.write(session, me, was.join("\n"), "corrected", handoff);
  const title = given.problem_summary ?? session.title;
  Object.assign(session, given, { title, revision: session.revision + 1, updated_at: api.now() });
  if (handoff) api.change(handoff, me, "handoff_corrected", {});
  return session;
}

/** Changes a turn of the caller's, or strikes it out. */
export function correctTurn(api: InMemoryApi, id: string, seq: number, me: FakePerson, asked: TurnCorrection): Turn {
  const session = api.session(id, me);
  if (session.status === "resolved") throw stateRefusal(session.status);
  const turns = api.turns.get(id) ?? [];
  const turn = turns.find((one) => one.seq === seq);
  if (!turn) throw notFound("turn");
  if (turn.author.id !== me.id) throw new Refusal(403, "forbidden", `Only ${turn.author.name}, who wrote this, can correct it.`);
  const { struck, ...changes } = asked;
  if (!struck && Date.parse(api.now()) - Date.parse(turn.created_at) > CHANGE_FOR_MS) throw stateRefusal("final");
  const at = api.now();
  const corrected = (
    struck ? { ...turn, struck: { by: nameOf(me), reason: struck.reason, at } } : { ...turn, ...changes, edited_at: at }
  ) as Turn;
  turns[turns.indexOf(turn)] = corrected;
  session.revision += 1;
  const handoff = api.handoffs.get(session.open_handoff_id ?? "");
  if (handoff) {
    const correction = { of: "turn" as const, seq, was: null, now: null, turn: corrected as Step, by: nameOf(me), at };
    const others = (handoff.since.corrections ?? []).filter((one) => one.seq !== seq);
    api.change(handoff, me, "handoff_corrected", { since: { ...handoff.since, corrections: [...others, correction] } });
  }
  return corrected;
}
