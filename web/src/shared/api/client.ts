import createClient from "openapi-fetch";

import { Problem, problemOf, unreachable } from "./problem";
import type { paths } from "./schema";

/** Longer than API Gateway's own timeout of 29 s, so that its response arrives. */
const TIMEOUT_MS = 35_000;

/** Provides the token of the signed-in person. */
export interface Credentials {
  token: () => string | null;
  /** Gets a new token. Resolves with false when the person has to sign in again; rejects when the provider is unreachable. */
  renew: () => Promise<boolean>;
}

export type Api = ReturnType<typeof createApi>;

export function createApi(base: string, credentials: Credentials) {
  const baseUrl = new URL(base, window.location.origin).href;
  const client = createClient<paths>({ baseUrl, fetch: (request) => withFreshToken(request, credentials) });
  return { ...client, baseUrl };
}

/** Sends a request, and once more with a new token when the first one has expired. */
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

/** Returns the body of a successful response. Throws a Problem in every other case. */
export async function answerOf<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    // The parser throws on a body that is not JSON, such as a gateway's HTML page.
    throw cause instanceof SyntaxError
      ? new Problem({ code: "unexpected", status: 502, detail: "The server's answer could not be read." })
      : cause;
  });
  if (!response.ok) throw problemOf(response, error);
  return data as Body;
}
