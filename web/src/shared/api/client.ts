import createClient from "openapi-fetch";

import { Problem, problemOf, unreachable } from "./problem";
import type { paths } from "./schema";

/** API Gateway gives up after 29 s; a little longer, so that its own answer arrives. */
const TIMEOUT_MS = 35_000;

/** Where the token of the signed-in person comes from. */
export interface Credentials {
  token: () => string | null;
  /** Gets a fresh token; false when the person has to sign in again. Rejects when nobody could be asked for one. */
  renew: () => Promise<boolean>;
}

export type Api = ReturnType<typeof createApi>;

export function createApi(base: string, credentials: Credentials) {
  const baseUrl = new URL(base, window.location.origin).href;
  const client = createClient<paths>({ baseUrl, fetch: (request) => withFreshToken(request, credentials) });
  return { ...client, baseUrl };
}

/** A token may end in the middle of the work: then the same request is sent once more with a new one. */
async function withFreshToken(request: Request, credentials: Credentials): Promise<Response> {
  const repeat = request.clone();
  const response = await send(request, credentials);
  if (response.status !== 401 || !(await isRenewed(credentials))) return response;
  return send(repeat, credentials);
}

const isRenewed = (credentials: Credentials): Promise<boolean> =>
  credentials.renew().catch((cause: unknown) => {
    throw unreachable(cause);
  });

async function send(request: Request, credentials: Credentials): Promise<Response> {
  const token = credentials.token();
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await fetch(request, { signal });
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw unreachable(cause);
  }
}

/** The body of a good answer. Throws a Problem for every other outcome, so callers see one kind of failure. */
export async function answerOf<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    // A body that is no JSON, as a gateway's HTML page is, makes the parser throw.
    throw cause instanceof SyntaxError
      ? new Problem({ code: "unexpected", status: 502, detail: "The server's answer could not be read." })
      : cause;
  });
  if (!response.ok) throw problemOf(response, error);
  return data as Body;
}
