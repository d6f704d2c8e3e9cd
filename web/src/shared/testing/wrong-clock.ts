import { getResponse, http } from "msw";
import { afterEach, vi } from "vitest";

import { handlersFor } from "@fake/handlers";

import type { setUpFakeApi } from "./fake-api";

/** Lets the tests of a file set this computer's clock wrong. The API's goes right, and each of its answers says so. */
export function setUpWrongClock(fake: ReturnType<typeof setUpFakeApi>) {
  afterEach(() => void vi.useRealTimers());
  return (aheadMs: number) => {
    vi.setSystemTime(Date.now() + aheadMs);
    fake.api.shiftMs = -aheadMs;
    const handlers = handlersFor(fake.api);
    fake.server.use(
      http.all("*/api/*", async ({ request }) => {
        const answer = await getResponse(handlers, request);
        answer?.headers.set("Date", new Date(fake.api.now()).toUTCString());
        return answer;
      }),
    );
  };
}
