import type { QueryClient } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import type { SetupServer } from "msw/node";

/** The two orders in which the live event of a change and the answer to its request arrive. */
export const ORDERS = ["the event before the answer", "the answer before the event"] as const;

interface Request {
  server: SetupServer;
  path: string;
  /** Makes the change in the fake API and returns its answer. */
  change: () => object;
  status?: number;
  queries: () => QueryClient;
  /** Resolves when the page shows what the event reports. */
  isShown: () => Promise<unknown>;
}

/** Answers the next request of a change in one of the orders. An event makes the page read everything again. */
export function answerInOrder(order: (typeof ORDERS)[number], request: Request): void {
  const { server, path, change, status = 200, queries, isShown } = request;
  const event = () => queries().invalidateQueries();
  const answer = async () => {
    const body = change();
    if (order === ORDERS[0]) {
      await event();
      await isShown();
    } else {
      setTimeout(() => void event());
    }
    return HttpResponse.json(body as Record<string, unknown>, { status });
  };
  server.use(http.post(path, answer, { once: true }));
}
