import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import { Readable } from "node:stream";

import { getResponse } from "msw";
import type { Connect, PreviewServer, ViteDevServer } from "vite";
import { WebSocketServer } from "ws";

import type { HandoffEvent } from "@/shared/api/types";

import { assessmentOf } from "./assessments.ts";
import { handlersFor } from "./handlers.ts";
import { InMemoryApi } from "./in-memory-api.ts";
import { type Handle, people, personById } from "./people.ts";
import { seed } from "./seed.ts";
import { FAKE_CLIENT, FAKE_ISSUER, tokenFor } from "./tokens.ts";

const ASSESSMENT_MS = Number(process.env.FLOWPILOT_FAKE_ASSESSMENT_MS ?? 4000);
const LIVE_PATH = "/fake-live";

/** Adds a fake API, identity provider and live socket to the page's server, for development without a stack. */
export function serveFake(server: ViteDevServer | PreviewServer): void {
  const api = new InMemoryApi();
  seed(api);
  const sockets = serveLive(server.httpServer as HttpServer, api);
  api.listen((event) => assessSoon(api, event));
  const handlers = handlersFor(api, (text) => `I have read this. What changed shortly before?\n\n- ${text.slice(0, 80)}`);
  const { middlewares } = server;

  middlewares.use("/config.json", (request, response) => json(response, configOf(request)));
  middlewares.use("/fake-oidc", identityProvider);
  middlewares.use("/fake/cut", (_request, response) => {
    sockets.clients.forEach((socket) => socket.terminate());
    json(response, {});
  });
  middlewares.use("/api/live/tokens", (request, response) => {
    const url = `ws://${request.headers.host ?? "localhost"}${LIVE_PATH}?${randomUUID()}`;
    json(response, { url, expires_at: api.now() });
  });
  middlewares.use("/api", answerWith(handlers));
}

function assessSoon(api: InMemoryApi, event: HandoffEvent): void {
  const { type, handoff_id: handoffId } = event;
  if (type !== "handoff_created" || handoffId === null) return;
  setTimeout(() => api.assess(handoffId, assessmentOf(api.handoffs.get(handoffId)!)), ASSESSMENT_MS);
}

/** Accepts any socket and sends it the events of all accounts, since one developer uses this server. */
function serveLive(http: HttpServer, api: InMemoryApi): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    if (!request.url?.startsWith(LIVE_PATH)) return;
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
  });
  api.listen((event) => sockets.clients.forEach((client) => client.send(JSON.stringify({ type: "event", event }))));
  return sockets;
}

const answerWith =
  (handlers: ReturnType<typeof handlersFor>): Connect.NextHandleFunction =>
  (incoming, outgoing) => {
    const answer = async () => {
      const response = await getResponse(handlers, await requestOf(incoming));
      outgoing.statusCode = response?.status ?? 404;
      response?.headers.forEach((value, name) => outgoing.setHeader(name, value));
      outgoing.end(response ? await response.text() : "");
    };
    answer().catch((error: unknown) => {
      outgoing.statusCode = 500;
      outgoing.end(String(error));
    });
  };

async function requestOf(incoming: Connect.IncomingMessage): Promise<Request> {
  const url = `http://${incoming.headers.host ?? "localhost"}${incoming.originalUrl ?? "/"}`;
  const headers = new Headers(incoming.headers as Record<string, string>);
  if (incoming.method === "GET") return new Request(url, { headers });
  const body = await new Response(Readable.toWeb(incoming) as ReadableStream).text();
  return new Request(url, { method: incoming.method ?? "POST", headers, ...(body !== "" && { body }) });
}

const configOf = ({ headers }: IncomingMessage) => ({
  authority: FAKE_ISSUER,
  client_id: FAKE_CLIENT,
  api_base: "/api",
  metadata: {
    issuer: FAKE_ISSUER,
    authorization_endpoint: `http://${headers.host ?? ""}/fake-oidc/authorize`,
    token_endpoint: `http://${headers.host ?? ""}/fake-oidc/token`,
    end_session_endpoint: `http://${headers.host ?? ""}/fake-oidc/logout`,
  },
});

/** Signs in as any of the people, without a password. */
function identityProvider(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname === "/token") void answerToken(request, response);
  else if (url.pathname === "/logout") redirect(response, "/");
  else answerAuthorize(url, response);
}

function answerAuthorize(url: URL, response: ServerResponse): void {
  const back = (handle: string) => {
    const target = new URL(url.searchParams.get("redirect_uri") ?? "/");
    target.searchParams.set("code", handle);
    target.searchParams.set("state", url.searchParams.get("state") ?? "");
    return target.href;
  };
  const links = Object.entries(people).map(([handle, { name, role }]) => `<p><a href="${back(handle)}">${name}</a>, ${role}`);
  response.setHeader("Content-Type", "text/html");
  response.end(`<!doctype html><title>Sign in as</title><h1>Sign in as</h1>${links.join("")}`);
}

async function answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await new Response(Readable.toWeb(request) as ReadableStream).text());
  const code = form.get("code");
  const person = code === null ? personById(form.get("refresh_token") ?? "")! : people[code as Handle];
  json(response, {
    id_token: tokenFor(person),
    access_token: "fake",
    refresh_token: person.id,
    token_type: "Bearer",
    expires_in: 3600,
  });
}

function redirect(response: ServerResponse, to: string): void {
  response.statusCode = 302;
  response.setHeader("Location", to);
  response.end();
}

function json(response: ServerResponse, body: object): void {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(body));
}
