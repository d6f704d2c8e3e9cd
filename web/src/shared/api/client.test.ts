import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { answerOf, createApi } from "./client";
import { Problem } from "./problem";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Accepts only the second token, and counts the requests. */
function serverThatTakes(token: string) {
  const asked: { auth: string | null; body: string }[] = [];
  server.use(
    http.post("*/api/sessions", async ({ request }) => {
      asked.push({ auth: request.headers.get("Authorization"), body: await request.text() });
      const isGood = request.headers.get("Authorization") === `Bearer ${token}`;
      return isGood ? HttpResponse.json({ id: "s" }, { status: 201 }) : problem(401, "unauthenticated");
    }),
  );
  return asked;
}

const problem = (status: number, code: string) => HttpResponse.json({ code, detail: "No.", status }, { status });
const body = { problem_summary: "Printer on fire" };

function credentials(renews: boolean) {
  let token = "old";
  const renew = () => {
    if (renews) token = "new";
    return Promise.resolve(renews);
  };
  return { token: () => token, renew };
}

test("an expired token is renewed and the same request sent again", async () => {
  const asked = serverThatTakes("new");
  const api = createApi("/api", credentials(true));

  await answerOf(api.POST("/sessions", { body }));

  expect(asked.map((call) => call.auth)).toEqual(["Bearer old", "Bearer new"]);
  expect(asked[1]?.body).toBe(asked[0]?.body);
});

test("a sign-in that cannot be renewed is a problem, and the request is not repeated", async () => {
  const asked = serverThatTakes("new");
  const api = createApi("/api", credentials(false));

  const sending = answerOf(api.POST("/sessions", { body }));

  await expect(sending).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
  expect(asked).toHaveLength(1);
});

test("an unreachable provider is a transient problem", async () => {
  serverThatTakes("new");
  const api = createApi("/api", { token: () => "old", renew: () => Promise.reject(new TypeError("Failed to fetch")) });

  const sending = answerOf(api.POST("/sessions", { body }));

  await expect(sending).rejects.toMatchObject({ code: "unreachable", isPassing: true });
});

test("a request without a response is a problem", async () => {
  server.use(http.get("*/api/me", () => HttpResponse.error()));
  const api = createApi("/api", credentials(true));

  const asking = answerOf(api.GET("/me"));

  await expect(asking).rejects.toMatchObject({ code: "unreachable", status: 0 });
});

test("a response that is not JSON is a server problem", async () => {
  server.use(http.get("*/api/me", () => new HttpResponse("<html>", { status: 200 })));
  const api = createApi("/api", credentials(true));

  const asking = answerOf(api.GET("/me"));

  await expect(asking).rejects.toBeInstanceOf(Problem);
  await expect(asking).rejects.toMatchObject({ status: 502 });
});
