import type { FakePerson } from "./people.ts";

/** A refusal of the fake API, as the problem document that the real one sends. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: Record<string, unknown> = {},
  ) {
    super(detail);
  }

  get response(): Response {
    const { status, code, message: detail, fields } = this;
    const body = { type: "about:blank", title: code, status, code, detail, ...fields };
    return Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } });
  }
}

export const notFound = (thing: string) => new Refusal(404, "not_found", `There is no such ${thing}.`);

export const staleRefusal = (current_epoch: number) =>
  new Refusal(409, "stale_epoch", "The session has changed hands since you loaded it. Load it again.", { current_epoch });

export const stateRefusal = (status: string) =>
  new Refusal(409, "invalid_state", `It is ${status}, which does not allow this.`, { current_status: status });

const DAY_MS = 86_400_000;

/** Refuses an end that has passed, or that lies more than some days ahead. */
export function requireAhead(until: string, now: string, days: number): void {
  const ahead = Date.parse(until) - Date.parse(now);
  if (ahead > 0 && ahead <= days * DAY_MS) return;
  const detail = `The end has to lie ahead, by ${days} days at most.`;
  throw new Refusal(422, "invalid_request", detail, { errors: [{ pointer: "/until", detail }] });
}

/** Refuses everybody but admins. */
export function requireAdmin(me: FakePerson): void {
  if (me.role !== "admin") throw new Refusal(403, "forbidden", `This needs the role admin; yours is ${me.role}.`);
}
