import type { SessionItem } from "@/shared/api/types";

/** Whether every word of the filter occurs in the session's title, problem, ticket, people or status. */
export function matches(session: SessionItem, wanted: string): boolean {
  const text = [
    session.title,
    session.problem_summary,
    session.psa_ticket_id ? `#${session.psa_ticket_id}` : "",
    session.owner.name,
    session.escalated_to?.name ?? "",
    session.status,
  ]
    .join(" ")
    .toLocaleLowerCase();
  return wanted.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}
