import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Stack {
  web_url: string;
  api_url: string;
  endpoint_url: string;
  client_id: string;
  users: { email: string; password: string; name: string }[];
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HOME = join(tmpdir(), "flowpilot-browser-tests");
const portOf = (variable: string, chosen: string, own: string) =>
  process.env.FLOWPILOT_STACK_JSON ? (process.env[variable] ?? chosen) : own;
const REHEARSAL_PORT = portOf("FLOWPILOT_REHEARSAL_PORT", "4580", "14580");
const PSA_PORT = portOf("FLOWPILOT_PSA_PORT", "4590", "14590");
const POST_OFFICE_PORT = portOf("FLOWPILOT_POST_OFFICE_PORT", "4595", "14595");

/** The stack that the tests start themselves. Its ports differ from those of `make run`. */
export const OWN = {
  home: HOME,
  webUrl: "http://localhost:18080",
  environment: {
    PYTHONPATH: ROOT,
    FLOWPILOT_HOME: HOME,
    FLOWPILOT_WEB_PORT: "18080",
    FLOWPILOT_EMULATOR_PORT: "14566",
    FLOWPILOT_REHEARSAL_PORT: REHEARSAL_PORT,
    FLOWPILOT_PSA_PORT: PSA_PORT,
    FLOWPILOT_POST_OFFICE_PORT: POST_OFFICE_PORT,
    AI_PROVIDER: "rehearsal",
  },
};

export const rehearsalUrl = `http://localhost:${REHEARSAL_PORT}`;
export const psaUrl = `http://localhost:${PSA_PORT}`;
export const postOfficeUrl = `http://localhost:${POST_OFFICE_PORT}`;

/** The `stack.json` of a running stack, if FLOWPILOT_STACK_JSON names one. */
export const chosenStack = (): string | undefined => process.env.FLOWPILOT_STACK_JSON;

/** Reads the addresses of the stack and the people who can sign in. */
export function readStack(): Stack {
  return JSON.parse(readFileSync(chosenStack() ?? join(HOME, "stack.json"), "utf8")) as Stack;
}

/** Has the clock look at once what is due, as its schedule does every minute. */
export async function runClock(stack: Stack): Promise<void> {
  const place = "/2015-03-31/functions/flowpilot-local-run-clock/invocations";
  const response = await fetch(stack.endpoint_url + place, { method: "POST", body: JSON.stringify(EVERY_MINUTE) });
  if (!response.ok || response.headers.has("X-Amz-Function-Error")) throw new Error(`run-clock: ${response.status} ${await response.text()}`);
}

/** What a schedule of EventBridge sends. */
const EVERY_MINUTE = {
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "000000000000",
  time: "2026-11-23T09:00:00Z",
  region: "us-east-1",
  resources: ["arn:aws:events:us-east-1:000000000000:rule/run-clock"],
  detail: {},
};
