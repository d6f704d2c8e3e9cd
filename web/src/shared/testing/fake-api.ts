import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";

import { handlersFor } from "@fake/handlers";
import { InMemoryApi } from "@fake/in-memory-api";

const server = setupServer();

/** Serves an empty API to each test of a file. A test injects a fault with `server.use`. */
export function setUpFakeApi() {
  const fake = { api: new InMemoryApi(), server };
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => {
    fake.api = new InMemoryApi();
    server.resetHandlers(...handlersFor(fake.api));
  });
  afterAll(() => server.close());
  server.resetHandlers(...handlersFor(fake.api));
  return fake;
}
