import { type Credentials, withFreshToken } from "./fresh-token";

/** A request that was sent before the code that wants its answer was there. */
export interface EarlyAnswer {
  /** Returns the answer to the first caller for a request, and null to later callers, who send a request of their own. */
  take: (request: Request) => Promise<Response> | null;
}

/** Sends a GET at once, as `createApi` would. A failure is that of the request which takes the answer. */
export function askEarly(url: string, credentials: Credentials): EarlyAnswer {
  let answer: Promise<Response> | null = withFreshToken(new Request(url), credentials);
  answer.catch(() => null); // Nobody has taken it yet.
  return {
    take: ({ method, url: asked, signal }) => {
      if (answer === null || method !== "GET" || asked !== url) return null;
      const taken = answer;
      answer = null;
      return Promise.race([taken, aborted(signal)]);
    },
  };
}

/** Rejects once the signal is aborted. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const reason = () => reject(signal.reason as Error);
    if (signal.aborted) reason();
    else signal.addEventListener("abort", reason, { once: true });
  });
