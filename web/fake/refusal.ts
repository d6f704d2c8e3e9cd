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

/** Refuses everybody but admins. */
export function requireAdmin(me: FakePerson): void {
  if (me.role !== "admin") throw new Refusal(403, "forbidden", `This needs the role admin; yours is ${me.role}.`);
}
