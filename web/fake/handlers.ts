import { http, HttpResponse, type HttpHandler } from "msw";

import type { Availability, Handoff, HandOff, IntegrationChange, NewSession, Priority, Reassignment, Reopening, Resolution, SessionCorrection, Step, TurnCorrection } from "@/shared/api/types";

import type { ChannelChange } from "./channels.ts";
import { clockHandlers } from "./clock-handlers.ts";
import { correctSession, correctTurn } from "./corrections.ts";
import type { InMemoryApi } from "./in-memory-api.ts";
import { changePriority, decline, reassign, reopen, retrySessionNotes, undoClaim } from "./claims.ts";
import { directoryOf, profileOf, removePerson, saveAvailability, sessionsOf } from "./directory.ts";
import { nameOf } from "./new-records.ts";
import { notificationHandlers } from "./notification-handlers.ts";
import { type FakePerson, people, personById } from "./people.ts";
import { queueItem } from "./queue-item.ts";
import { secretsIn } from "./redaction.ts";
import { notFound, Refusal, requireAhead } from "./refusal.ts";
import { handedOffBy, lineOf, notificationsOf, sessionsOfTicket, waitingFor } from "./views.ts";

type Params = Record<string, string | readonly string[] | undefined>;

export interface Call {
  me: FakePerson;
  body: () => Promise<unknown>;
  url: URL;
  key: string | null;
  session: string;
  handoff: string;
  integration: string;
  channel: string;
  rota: string;
  device: string;
  engineer: string;
  delivery: string;
  ticket: string;
  seq: number;
}

/** The API's routes below `/api` of any origin, answered by an in-memory API. */
export function handlersFor(api: InMemoryApi, answerMessage: (text: string) => string | null = () => null): HttpHandler[] {
  const get = (path: string, answer: (call: Call) => unknown) => http.get(`*/api${path}`, route(answer));
  const post = (path: string, answer: (call: Call) => unknown, status = 200) =>
    http.post(`*/api${path}`, route(answer, status));
  const put = (path: string, answer: (call: Call) => unknown) => http.put(`*/api${path}`, route(answer));
  const remove = (path: string, answer: (call: Call) => unknown, status = 204) => http.delete(`*/api${path}`, route(answer, status));
  const one = "/sessions/:session";
  const two = `${one}/handoffs/:handoff`;

  return [
    get("/me", ({ me }) => profileOf(api, me)),
    get("/start", ({ me, url }) => ({
      me: profileOf(api, me),
      feed: { resume_after: feed(api, me, url).resume_after },
      escalations: queuePage(api, me, url),
      handed_off: pageOf(handedOffBy(api, me), url),
      sessions: sessionsPage(api, me, url),
      notifications: notificationsPage(api, me, url),
      live: null,
      problems: {},
    })),
    ...notificationHandlers({ get, post, put, remove }),
    get("/refresh", (call) => refreshed(api, call)),
    get("/sessions", ({ me, url }) => {
      const of = url.searchParams.get("engineer");
      if (of !== null) return pageOf(sessionsOf(api, me, of, url.searchParams.get("status")), url);
      return url.searchParams.get("mine") ? pageOf(handedOffBy(api, me), url) : sessionsPage(api, me, url);
    }),
    post("/sessions", async ({ me, body, key }) => {
      const asked = (await body()) as NewSession;
      return api.once(key, () => ({ ...api.openSession(me, asked), same_ticket: [] }));
    }, 201),
    get(one, ({ me, session }) => api.session(session, me)),
    get(`${one}/turns`, ({ me, session, url }) => pageOf(api.turnsOf(session, me), url)),
    http.patch(`*/api${one}`, route(async ({ me, session, body }) => correctSession(api, session, me, (await body()) as SessionCorrection))),
    http.patch(`*/api${one}/turns/:seq`, route(async ({ me, session, seq, body }) =>
      correctTurn(api, session, seq, me, (await body()) as TurnCorrection))),
    post(`${one}/turns`, async ({ me, session, body, key }) => {
      const step = (await body()) as Pick<Step, "action" | "result" | "finding" | "evidence" | "epoch">;
      return api.once(key, () => api.addStep(session, me, step));
    }, 201),
    post(`${one}/messages`, async ({ me, session, body, key }) => {
      const { text, epoch } = (await body()) as { text: string; epoch: number };
      return api.once(key, () => {
        const message = api.say(session, me, text, epoch);
        const isOff = api.sessions.get(session)?.is_ai_on === false;
        const answer = isOff ? null : answerMessage(text);
        const reply = answer === null ? null : api.reply(session, answer);
        return { message, reply, reply_status: reply ? "ready" : "unavailable", reply_error: isOff ? "off" : null };
      });
    }, 201),
    post(`${one}/notes`, async ({ me, session, body, key }) => {
      const { text } = (await body()) as { text: string };
      return api.once(key, () => api.leaveNote(session, me, text));
    }, 201),
    get(`${one}/history`, ({ me, session }) => ({ items: api.historyOf(session, me), next_cursor: null })),
    post(`${one}/handoff`, async ({ me, session, body, key }) => {
      const asked = (await body()) as HandOff;
      return api.once(key, () => api.handOff(session, me, asked));
    }, 201),
    post(`${one}/reopen`, async ({ me, session, body }) => ({ ...reopen(api, session, me, (await body()) as Reopening), same_ticket: [] })),
    post(`${one}/resolve`, async ({ me, session, body }) => api.resolve(session, me, (await body()) as Resolution)),
    get(`${one}/handoffs`, ({ me, session, url }) => pageOf(api.handoffsOf(session, me), url)),
    get(two, ({ me, session, handoff }) => api.handoff(session, handoff, me)),
    http.patch(`*/api${two}`, route(async ({ me, session, handoff, body }) =>
      changePriority(api, session, handoff, me, ((await body()) as { priority: Priority }).priority))),
    post(`${two}/claim`, async ({ me, session, handoff, body }) =>
      api.claim(session, handoff, me, ((await body()) as { epoch: number }).epoch)),
    post(`${two}/undo`, async ({ me, session, handoff, body }) =>
      undoClaim(api, session, handoff, me, ((await body()) as { epoch: number }).epoch)),
    post(`${two}/withdraw`, async ({ me, session, handoff, body }) =>
      api.withdraw(session, handoff, me, ((await body()) as { note?: string }).note)),
    post(`${two}/decline`, ({ me, session, handoff }) => decline(api, session, handoff, me)),
    http.put("*/api/me/availability", route(async ({ me, body }) => saveAvailability(api, me, (await body()) as Availability))),
    remove("/engineers/:engineer", ({ me, engineer }) => removePerson(api, me, engineer)),
    get("/engineers", ({ me, url }) => pageOf(directoryOf(api, me), url)),
    get("/on-call", () => ({ items: [{ rota_id: "nights", rota_name: "Nights", person: nameOf(people.alex), until: null }] })),
    post(`${two}/release`, async ({ me, session, handoff, body }) => {
      const { note, epoch } = (await body()) as { note: string; epoch: number };
      return api.release(session, handoff, me, note, epoch);
    }),
    post(`${two}/reassign`, async ({ me, session, handoff, body }) => reassign(api, session, handoff, me, (await body()) as Reassignment)),
    post(`${two}/keep`, ({ me, session, handoff }) => api.keep(session, handoff, me, null)),
    post(`${two}/wait`, async ({ me, session, handoff, body }) => {
      const waiting = (await body()) as { until: string; reason: string };
      requireAhead(waiting.until, api.now(), 7);
      return api.keep(session, handoff, me, waiting);
    }),
    post(`${two}/assessment`, ({ me, session, handoff }) => api.assessAgain(session, handoff, me), 202),
    post(`${one}/ticket-notes/retry`, ({ me, session }) => retrySessionNotes(api, session, me), 202),
    post(`${two}/ticket-notes/retry`, ({ me, session, handoff }) => api.retryTicketNotes(session, handoff, me), 202),
    get("/webhooks", ({ url }) => pageOf([...api.channels.webhooks.values()], url)),
    get("/channels", ({ url }) => pageOf([...api.channels.chats.values()], url)),
    put("/webhooks/:channel", async ({ channel, body }) => api.channels.saveWebhook(channel, (await body()) as ChannelChange)),
    put("/channels/:channel", async ({ channel, body }) => api.channels.saveChat(channel, (await body()) as ChannelChange)),
    http.delete("*/api/webhooks/:channel", route(({ channel }) => api.channels.remove(channel), 204)),
    http.delete("*/api/channels/:channel", route(({ channel }) => api.channels.remove(channel), 204)),
    post("/webhooks/:channel/deliveries", () => ({ works: true, detail: "The test message was accepted." })),
    post("/channels/:channel/test", () => ({ works: false, detail: "Slack knows the address no longer (404)." })),
    get("/sessions/:session/handoffs/:handoff/deliveries", ({ handoff, url }) => pageOf(api.channels.deliveriesOf.get(handoff) ?? [], url)),
    get("/webhooks/:channel/deliveries", ({ url }) => pageOf(api.channels.deliveries, url)),
    post("/webhooks/:channel/deliveries/:delivery/redeliver", ({ delivery }) => api.channels.redeliver(delivery)),
    get("/ticket-systems", ({ me, url }) => pageOf(api.integrations.systems(me), url)),
    get("/tickets/:integration/:ticket", () => {
      throw notFound("ticket");
    }),
    get("/tickets/:integration/:ticket/sessions", ({ me, ticket }) => ({ items: sessionsOfTicket(api, ticket, me) })),
    get("/integrations", ({ me, url }) => pageOf(api.integrations.of(me), url)),
    get("/integrations/:integration", ({ me, integration }) => api.integrations.one(integration, me)),
    put("/integrations/:integration", async ({ me, integration, body }) => api.integrations.save(integration, me, (await body()) as IntegrationChange)),
    http.delete("*/api/integrations/:integration", route(({ me, integration }) => api.integrations.remove(integration, me), 204)),
    get("/integrations/:integration/choices", ({ me, integration }) => api.integrations.choices(integration, me)),
    post("/integrations/:integration/test", ({ me, integration }) => api.integrations.test(integration, me)),
    ...clockHandlers(api, { get, post, put, remove }),
    get("/escalations", ({ me, url }) => queuePage(api, me, url)),
    get("/notifications", ({ me, url }) => notificationsPage(api, me, url)),
    post("/notifications/read", async ({ me, body }) => {
      const { up_to, handoff_id, session_id } = (await body()) as { up_to?: string; handoff_id?: string; session_id?: string };
      if (up_to !== undefined) api.readUpTo.set(me.id, up_to);
      else api.reading.open(handoff_id ?? session_id ?? "", api.handoffs.get(handoff_id ?? ""), me, api.now());
    }, 204),
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
        seq: Number(params.seq),
        handoff: String(params.handoff),
        integration: String(params.integration),
        channel: String(params.channel),
        rota: String(params.rota),
        device: String(params.device),
        engineer: String(params.engineer),
        delivery: String(params.delivery),
        ticket: String(params.ticket),
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

function queuePage(api: InMemoryApi, me: FakePerson, url: URL) {
  const waiting = waitingFor(api, me);
  const isOwn = (handoff: Handoff) => handoff.from.id === me.id;
  return {
    ...pageOf(waiting.filter((one) => !isOwn(one)).map(queueItem), url),
    total: waiting.length,
    own: waiting.filter(isOwn).map(queueItem),
    has_history: [...api.handoffs.values()].some((one) => one.accountId === me.accountId),
  };
}

const sessionsPage = (api: InMemoryApi, me: FakePerson, url: URL) => pageOf(api.sessionsOf(me).map((one) => lineOf(api, one)), url);

function notificationsPage(api: InMemoryApi, me: FakePerson, url: URL) {
  const items = notificationsOf(api, me);
  return { ...pageOf(items, url), unread: items.filter(({ read, settled }) => !read && !settled).length };
}

function refreshed(api: InMemoryApi, { me, url }: Call) {
  const id = url.searchParams.get("session_id") ?? "";
  const parts: Record<string, () => unknown> = {
    escalations: () => queuePage(api, me, url),
    handed_off: () => pageOf(handedOffBy(api, me), url),
    sessions: () => sessionsPage(api, me, url),
    notifications: () => notificationsPage(api, me, url),
    session: () => api.session(id, me),
    turns: () => ({ items: api.turnsOf(id, me), next_cursor: null }),
    handoffs: () => ({ items: api.handoffsOf(id, me), next_cursor: null }),
    history: () => ({ items: api.historyOf(id, me), next_cursor: null }),
  };
  const answer: Record<string, unknown> = Object.fromEntries(Object.keys(parts).map((name) => [name, null]));
  const problems: Record<string, unknown> = {};
  for (const name of (url.searchParams.get("parts") ?? "").split(",")) {
    try {
      answer[name] = parts[name]?.();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems[name] = { code: "not_found", status: 404 };
    }
  }
  return { ...answer, problems };
}

/** Without `after`, the feed is empty and returns the current position. */
function feed(api: InMemoryApi, me: FakePerson, url: URL) {
  const after = url.searchParams.get("after");
  const from = after === null ? api.events.length : Number(after);
  const items = api.events.slice(from).filter((event) => event.account_id === me.accountId);
  return { items, next_cursor: null, resume_after: String(api.events.length) };
}
