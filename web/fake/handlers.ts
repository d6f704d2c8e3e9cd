import { http, HttpResponse, type HttpHandler } from "msw";

import type { Handoff, HandoffEvent, HandOff, IntegrationChange, NewSession, Resolution, Step } from "@/shared/api/types";

import type { InMemoryApi } from "./in-memory-api.ts";
import { type FakePerson, personById } from "./people.ts";
import { secretsIn } from "./redaction.ts";
import { Refusal } from "./refusal.ts";
import { notificationsFor, queueFor } from "./views.ts";

type Params = Record<string, string | readonly string[] | undefined>;

interface Call {
  me: FakePerson;
  body: () => Promise<unknown>;
  url: URL;
  key: string | null;
  session: string;
  handoff: string;
  integration: string;
}

/** The API's routes below `/api` of any origin, answered by an in-memory API. */
export function handlersFor(api: InMemoryApi, answerMessage: (text: string) => string | null = () => null): HttpHandler[] {
  const get = (path: string, answer: (call: Call) => unknown) => http.get(`*/api${path}`, route(answer));
  const post = (path: string, answer: (call: Call) => unknown, status = 200) =>
    http.post(`*/api${path}`, route(answer, status));
  const one = "/sessions/:session";
  const two = `${one}/handoffs/:handoff`;

  return [
    get("/me", ({ me }) => ({ ...me, account_id: me.accountId, accountId: undefined, skills: [] })),
    get("/sessions", ({ me, url }) => pageOf(api.sessionsOf(me), url)),
    post("/sessions", async ({ me, body, key }) => {
      const asked = (await body()) as NewSession;
      return api.once(key, () => api.openSession(me, asked));
    }, 201),
    get(one, ({ me, session }) => api.session(session, me)),
    get(`${one}/turns`, ({ me, session, url }) => pageOf(api.turnsOf(session, me), url)),
    post(`${one}/turns`, async ({ me, session, body, key }) => {
      const step = (await body()) as Pick<Step, "action" | "outcome" | "evidence" | "epoch">;
      return api.once(key, () => api.addStep(session, me, step));
    }, 201),
    post(`${one}/messages`, async ({ me, session, body, key }) => {
      const { text, epoch } = (await body()) as { text: string; epoch: number };
      return api.once(key, () => {
        const message = api.say(session, me, text, epoch);
        const answer = answerMessage(text);
        const reply = answer === null ? null : api.reply(session, answer);
        return { message, reply, reply_status: reply ? "ready" : "unavailable", reply_error: null };
      });
    }, 201),
    post(`${one}/handoff`, async ({ me, session, body, key }) => {
      const asked = (await body()) as HandOff;
      return api.once(key, () => api.handOff(session, me, asked));
    }, 201),
    post(`${one}/resolve`, async ({ me, session, body }) => api.resolve(session, me, (await body()) as Resolution)),
    get(`${one}/handoffs`, ({ me, session, url }) => pageOf(api.handoffsOf(session, me), url)),
    get(two, ({ me, session, handoff }) => api.handoff(session, handoff, me)),
    post(`${two}/claim`, ({ me, session, handoff }) => api.claim(session, handoff, me)),
    post(`${two}/withdraw`, ({ me, session, handoff }) => api.withdraw(session, handoff, me)),
    post(`${two}/release`, async ({ me, session, handoff, body }) =>
      api.release(session, handoff, me, ((await body()) as { note: string }).note)),
    post(`${two}/assessment`, ({ me, session, handoff }) => api.assessAgain(session, handoff, me), 202),
    post(`${two}/ticket-notes/retry`, ({ me, session, handoff }) => api.retryTicketNotes(session, handoff, me), 202),
    get("/ticket-systems", ({ me, url }) => pageOf(api.integrations.systems(me), url)),
    get("/integrations", ({ me, url }) => pageOf(api.integrations.of(me), url)),
    get("/integrations/:integration", ({ me, integration }) => api.integrations.one(integration, me)),
    http.put("*/api/integrations/:integration", route(async ({ me, integration, body }) =>
      api.integrations.save(integration, me, (await body()) as IntegrationChange))),
    http.delete("*/api/integrations/:integration", route(({ me, integration }) => api.integrations.remove(integration, me), 204)),
    post("/integrations/:integration/test", ({ me, integration }) => api.integrations.test(integration, me)),
    get("/escalations", ({ me, url }) => pageOf(queueFor(api, me).map(queueItem), url)),
    get("/notifications", ({ me, url }) => notificationsPage(api, me, url)),
    post("/notifications/read", async ({ me, body, url }) => {
      api.readUpTo.set(me.id, ((await body()) as { up_to: string }).up_to);
      return notificationsPage(api, me, url);
    }),
    post("/redaction/preview", async ({ body }) => ({ spans: secretsIn(((await body()) as { text: string }).text) })),
    get("/feed", ({ me, url }) => feed(api, me, url)),
  ];
}

function route(answer: (call: Call) => unknown, status = 200) {
  return async ({ request, params }: { request: Request; params: Params }) => {
    try {
      const me = personById(subjectOf(request.headers.get("Authorization")));
      if (!me) throw new Refusal(401, "unauthenticated", "The token is missing or has ended.");
      const body = await answer({
        me,
        body: () => request.json(),
        url: new URL(request.url),
        key: request.headers.get("Idempotency-Key"),
        session: String(params.session),
        handoff: String(params.handoff),
        integration: String(params.integration),
      });
      return status === 204 ? new HttpResponse(null, { status }) : HttpResponse.json(body as object, { status });
    } catch (error) {
      if (error instanceof Refusal) return error.response;
      throw error;
    }
  };
}

/** Returns the subject of a token. Nothing is verified, since the tests' tokens have no signature. */
function subjectOf(header: string | null): string {
  const claims = header?.split(".")[1];
  if (claims === undefined) return "";
  return (JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))) as { sub: string }).sub;
}

function pageOf<Item>(all: Item[], url: URL) {
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const to = from + Number(url.searchParams.get("limit") ?? 25);
  return { items: all.slice(from, to), next_cursor: to < all.length ? String(to) : null };
}

const queueItem = (handoff: Handoff) => ({
  handoff_id: handoff.id,
  session_id: handoff.session_id,
  problem_summary: handoff.snapshot.problem_summary,
  problem_domain: handoff.snapshot.problem_domain,
  psa_ticket_id: handoff.snapshot.psa_ticket_id,
  priority: handoff.priority,
  from: handoff.from,
  step_count: handoff.snapshot.step_count,
  assessment_status: handoff.assessment_status,
  created_at: handoff.created_at,
});

function notificationsPage(api: InMemoryApi, me: FakePerson, url: URL) {
  const readUpTo = api.readUpTo.get(me.id) ?? "";
  const items = notificationsFor(api, me).map((event: HandoffEvent) => ({
    id: event.id,
    title: event.title ?? "",
    type: event.type,
    session_id: event.session_id,
    handoff_id: event.handoff_id,
    created_at: event.occurred_at,
    read: event.occurred_at <= readUpTo,
  }));
  return { ...pageOf(items, url), unread: items.filter((item) => !item.read).length };
}

/** Without `after`, the feed is empty and returns the current position. */
function feed(api: InMemoryApi, me: FakePerson, url: URL) {
  const after = url.searchParams.get("after");
  const from = after === null ? api.events.length : Number(after);
  const items = api.events.slice(from).filter((event) => event.account_id === me.accountId);
  return { items, next_cursor: null, resume_after: String(api.events.length) };
}
