import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Connect, Plugin, PreviewServer, ProxyOptions, ViteDevServer } from "vite";

import { pageConfigOf } from "./page-config.js";

type Environment = Record<string, string | undefined>;
type Server = ViteDevServer | PreviewServer;

const API_TIMEOUT_MS = 35_000;

/**
 * The page, its API and its configuration on one origin, as CloudFront serves them.
 *
 * FLOWPILOT_STACK_JSON  the file that describes a running local stack, or
 * FLOWPILOT_FAKE=1      an in-memory API in this process instead of a stack.
 */
export function sameOrigin(environment: Environment): Plugin {
  const stack = environment.FLOWPILOT_STACK_JSON ? readStack(environment.FLOWPILOT_STACK_JSON) : null;
  const isFake = environment.FLOWPILOT_FAKE === "1";
  return {
    name: "flowpilot-same-origin",
    config: () => ({
      server: { proxy: stack ? apiProxy(stack.api_url) : {} },
      preview: {
        proxy: stack ? apiProxy(stack.api_url) : {},
        headers: securityHeaders(stack ? connectSources(stack.endpoint_url) : "ws://localhost:*"),
      },
    }),
    configureServer: (server) => serve(server, stack, isFake),
    configurePreviewServer: (server) => serve(server, stack, isFake),
  };
}

interface Stack {
  api_url: string;
  endpoint_url: string;
  issuer: string;
  jwks_url: string;
  client_id: string;
}

const readStack = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Stack;

/** The emulator serves tokens and sockets at one address. */
const connectSources = (endpoint: string) => `${endpoint} ${endpoint.replace(/^http/, "ws")}`;

/** The security headers that CloudFront adds. */
function securityHeaders(connect: string): Record<string, string> {
  const text = readFileSync(new URL("../security-headers.json", import.meta.url), "utf8");
  return JSON.parse(text.replace("${ConnectSources}", connect)) as Record<string, string>;
}

function apiProxy(apiUrl: string): Record<string, ProxyOptions> {
  const { origin, pathname } = new URL(apiUrl);
  const rewrite = (path: string) => path.replace(/^\/api/, pathname.replace(/\/$/, ""));
  return { "/api": { target: origin, changeOrigin: true, rewrite, proxyTimeout: API_TIMEOUT_MS } };
}

async function serve(server: Server, stack: Stack | null, isFake: boolean): Promise<void> {
  if (stack) server.middlewares.use("/config.json", answerJson(pageConfigOf(stack)));
  if (!isFake) return;
  const { serveFake } = await import("../fake/serve-fake.ts");
  serveFake(server);
}

const answerJson =
  (body: object): Connect.NextHandleFunction =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(body));
  };
