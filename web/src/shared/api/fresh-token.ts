import { learnServerTime } from "@/shared/server-time";

import { unreachable } from "./problem";

/** Longer than API Gateway's own timeout of 29 s, so that its response arrives. */
const TIMEOUT_MS = 35_000;

/** Provides the token of the signed-in person. */
export interface Credentials {
  token: () => string | null;
  /** Gets a new token. Resolves with false when the person has to sign in again; rejects when the provider is unreachable. */
  renew: () => Promise<boolean>;
}

/** The API's address for a base that may be a path on this origin. */
export const addressOf = (base: string): string => new URL(base, window.location.origin).href;

/** Sends a request, and once more with a new token when the first one has expired. */
export async function withFreshToken(request: Request, credentials: Credentials): Promise<Response> {
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
  const askedAt = performance.now();
  try {
    const response = await fetch(request, { signal });
    learnServerTime(response, performance.now() - askedAt);
    return response;
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw unreachable(cause);
  }
}
