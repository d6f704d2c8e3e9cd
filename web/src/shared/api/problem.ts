import { serverNow } from "@/shared/server-time";

/** A failed request: the API's problem document (RFC 9457), or why there is none. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  /** The HTTP status; 0 when there was no response. */
  readonly status: number;
  /** The response's `Retry-After` in milliseconds, if it had one. */
  readonly retryAfterMs: number | null;
  /** The fields that belong to the code: `claimed_by`, `current_epoch`, `errors` … */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(about: {
    code: string;
    status: number;
    detail: string;
    retryAfterMs?: number | null;
    fields?: Record<string, unknown>;
  }) {
    super(about.detail);
    this.code = about.code;
    this.status = about.status;
    this.retryAfterMs = about.retryAfterMs ?? null;
    this.fields = about.fields ?? {};
  }

  /** Whether a retry of the same request may succeed. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value !== "" ? value : otherwise;

/** Parses an error response. Only this function knows the shape of problem documents; other bodies become a Problem too. */
export function problemOf(response: Response, body: unknown): Problem {
  const { title, code, detail, ...fields } = isRecord(body) ? body : {};
  return new Problem({
    code: textOf(code, response.status === 429 ? "too_many_requests" : "unexpected"),
    status: response.status,
    detail: textOf(detail, textOf(title, `The server answered ${response.status}.`)),
    retryAfterMs: retryAfterMs(response.headers.get("Retry-After")),
    fields,
  });
}

/** Returns the problem for a request without a response: network down, timeout, connection closed. */
export function unreachable(cause: unknown): Problem {
  const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
  const detail = timedOut ? "FlowPilot did not answer in time." : "FlowPilot could not be reached.";
  return new Problem({ code: timedOut ? "timeout" : "unreachable", status: 0, detail });
}

/** `Retry-After` is a number of seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - serverNow();
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

/** Returns the person in a field of the problem, such as `claimed_by` of `already_claimed`. */
export function personIn(problem: Problem, field: string): { id: string; name: string } | null {
  const person = problem.fields[field];
  return isRecord(person) && typeof person.id === "string" && typeof person.name === "string"
    ? { id: person.id, name: person.name }
    : null;
}

export interface FieldError {
  /** A JSON pointer into the body (RFC 6901), as in `/settings/autotask/user_name`. */
  pointer: string;
  detail: string;
}

/** Returns the `errors[]` of a body that the API refused. */
export function fieldErrors(error: Error | null): FieldError[] {
  const errors = error instanceof Problem ? error.fields.errors : null;
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((one) => ({
    pointer: textOf(one.pointer, "").replace(/^#/, ""),
    detail: textOf(one.detail, "is not accepted"),
  }));
}

/** Formats a field error for a place that does not show the field: the field's name, then the detail. */
export function sentenceOf({ pointer, detail }: FieldError): string {
  return [pointer.slice(1).replaceAll("_", " "), detail].filter(Boolean).join(": ");
}
