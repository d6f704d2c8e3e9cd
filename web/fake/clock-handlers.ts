import type { HttpHandler } from "msw";

import type { Policy, PreviewRequest, RotaChange } from "@/shared/api/types";

import type { Call } from "./handlers.ts";
import type { InMemoryApi } from "./in-memory-api.ts";
import { nationalHolidays } from "./national-holidays.ts";

type Route = (path: string, answer: (call: Call) => unknown, status?: number) => HttpHandler;

/** The routes of the policy and the rotas, as `handlersFor` makes them. */
export function clockHandlers(api: InMemoryApi, { get, post, put, remove }: Record<"get" | "post" | "put" | "remove", Route>): HttpHandler[] {
  const one = "/rotas/:rota";
  return [
    get("/policy", ({ me }) => api.clock.policies.read(me)),
    put("/policy", async ({ me, body }) => api.clock.policies.save(me, (await body()) as { policy: Policy; version?: number | null })),
    post("/policy/preview", async ({ me, body }) => ({ steps: api.clock.policies.preview(me, (await body()) as PreviewRequest) })),
    get("/holidays", ({ url: { searchParams } }) => nationalHolidays(searchParams)),
    get("/rotas", () => ({ items: [...api.clock.rotas.saved.values()] })),
    get(one, ({ rota }) => api.clock.rotas.one(rota)),
    put(one, async ({ me, rota, body }) => api.clock.rotas.save(rota, me, (await body()) as RotaChange)),
    remove(one, ({ me, rota }) => api.clock.rotas.remove(rota, me), 204),
    get(`${one}/shifts`, ({ rota, url: { searchParams } }) => ({
      items: api.clock.rotas.shifts(rota, searchParams.get("from") ?? "", searchParams.get("to") ?? ""),
    })),
    post(`${one}/shifts/take`, async ({ me, rota, body }) => api.clock.rotas.take(rota, me, ((await body()) as { begins_at: string }).begins_at)),
    post(`${one}/calendar`, ({ me, rota }) => {
      api.clock.rotas.issue(rota, me, api.now());
      return { path: `/rotas/${rota}/calendar.ics?token=acme~secret` };
    }, 201),
    remove(`${one}/calendar`, ({ me, rota }) => api.clock.rotas.issue(rota, me, null), 204),
  ];
}
