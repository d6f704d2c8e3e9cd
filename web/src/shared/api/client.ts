import createClient from "openapi-fetch";

import type { EarlyAnswer } from "./early-answer";
import { addressOf, type Credentials, withFreshToken } from "./fresh-token";
import { Problem, problemOf } from "./problem";
import type { paths } from "./schema";

export type Api = ReturnType<typeof createApi>;

/** The client of the API. What was asked `early` is not asked again. */
export function createApi(base: string, credentials: Credentials, early?: EarlyAnswer) {
  const baseUrl = addressOf(base);
  const client = createClient<paths>({
    baseUrl,
    fetch: (request) => early?.take(request) ?? withFreshToken(request, credentials),
  });
  return { ...client, baseUrl };
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
