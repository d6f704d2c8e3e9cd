import { Problem } from "@/shared/api/problem";

import { LOAD_FAILURE_ADVICE, LoadFailure } from "./load-part";
import { timeOfDay } from "./time-of-day";

export interface Advice {
  title: string;
  /** What the reader can do about it. */
  action: string;
}

const ADVICE: Record<string, Advice> = {
  unreachable: { title: "FlowPilot can't be reached", action: "Check your connection, then try again." },
  timeout: { title: "FlowPilot took too long to answer", action: "It may still have worked. Trying again is safe." },
  unauthenticated: { title: "Your sign-in has ended", action: "Sign in again; what you wrote is kept, except secrets." },
  forbidden: { title: "You can't do this", action: "Ask somebody who has the required role." },
  not_found: { title: "This can't be found", action: "It may be gone, or belong to another account." },
  already_claimed: { title: "Somebody else picked this up", action: "It has been loaded again; see where it stands now." },
  directed_elsewhere: { title: "This is directed to somebody else", action: "It opens to all when they decline, or when their time is over." },
  removed: { title: "You were removed from FlowPilot", action: "Sign out and in again if you should still have access." },
  own_handoff: { title: "You handed this off yourself", action: "Another senior has to pick it up, or you take it back." },
  stale_epoch: { title: "The session changed hands", action: "It has been loaded again. Check it before you send again." },
  invalid_state: { title: "Things have moved on", action: "It has been loaded again; see where it stands now." },
  invalid_request: { title: "Something needs correcting", action: "Change it and send again." },
  idempotency_mismatch: { title: "This was sent before with other words", action: "Change the text a little and send again." },
  payload_too_large: { title: "This is too long", action: "Shorten it and send again." },
  unavailable: { title: "FlowPilot is busy", action: "Nothing was changed. Try again in a moment." },
};

const SERVER: Advice = { title: "Something broke on our side", action: "Try again; if the problem persists, tell your administrator." };
const OURS: Advice = { title: "The page made a mistake", action: "Load the page again; drafts in your sessions are kept." };

/** Says when a limit ends, where the API knows it. */
function retryAt(end: unknown): string {
  if (typeof end !== "string" || Number.isNaN(Date.parse(end))) return "Wait a moment, then try again.";
  return `Try again at ${timeOfDay(end)}.`;
}

/** Returns the text to show for an error. Every failed request is a Problem, and code that did not arrive a LoadFailure. */
export function adviceFor(error: Error): Advice {
  if (error instanceof LoadFailure) return LOAD_FAILURE_ADVICE;
  if (!(error instanceof Problem)) return OURS;
  if (error.code === "too_many_requests") return { title: "Too many requests just now", action: retryAt(error.fields.retry_at) };
  return ADVICE[error.code] ?? (error.status >= 500 ? SERVER : { title: "That was not accepted", action: "Change it, or load the page again and see where it stands." });
}
