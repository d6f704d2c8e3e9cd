import type { Note } from "@/shared/api/types";

/** What the author of a note did with the case. */
export const noteWords: Record<NonNullable<Note["about"]>, string> = {
  handed_off: "handed off",
  passed_on: "passed on",
  released: "returned to the queue",
  taken_back: "took back",
  declined: "declined",
  reopened: "reopened",
  ticket_reopened: "ticket reopened",
  passed_by_admin: "passed on as admin",
  corrected: "corrected the case",
};
