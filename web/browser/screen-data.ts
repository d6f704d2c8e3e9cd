import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { HandOff } from "@/shared/api/types";

import type { ApiClient } from "./api-client.ts";
import { uniqueProblem, type FaultSwitch, type TicketSystems } from "./fixtures.ts";

/** Session ids, by the state that a screen shows. */
export interface ScreenData {
  waiting: string;
  unavailable: string;
  taken: string;
  mine: string;
  /** Its holder waits for the customer. */
  paused: string;
  /** Its holder is asked whether they are still on it. */
  asked: string;
  /** The note on its ticket has failed. */
  noteFailed: string;
}

/** Playwright empties this folder at the start of a run. */
const FILE = join(fileURLToPath(new URL("..", import.meta.url)), "test-results", "screen-data.json");

export function storeScreenData(data: ScreenData): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(data));
}

export const readScreenData = (): ScreenData => JSON.parse(readFileSync(FILE, "utf8")) as ScreenData;

/** A ticket that exists in the account's ticket system. */
export const TICKET = "T20261123.0081";

interface Dependencies {
  jane: ApiClient;
  sam: ApiClient;
  alex: ApiClient;
  ai: FaultSwitch<{ kind: string }>;
  psa: TicketSystems;
  runClock: () => Promise<void>;
}

const SHORT_WAIT_MS = 3_000;

/** Creates a session in each state that a screen shows. */
export async function createScreenData({ jane, sam, alex, ai, psa, runClock }: Dependencies): Promise<ScreenData> {
  const openSession = async () => {
    const session = await jane.openSession({
      problem_summary: uniqueProblem("VPN drops for everyone at the Ghent branch ten minutes after they sign in"),
      problem_domain: "Network",
      psa_ticket_id: TICKET,
    });
    await jane.addStep(session, "Pinged the branch gateway for 30 minutes: no loss", "narrowed");
    await jane.addStep(session, "Connected with a fresh client profile", "no_effect");
    await jane.addStep(session, "Asked what changed: firmware 7.4.3 was installed last night", "unclear");
    await jane.addStep(session, "Roll the firmware back to 7.4.2", "not_done");
    return session;
  };
  const handOff = async (priority: HandOff["priority"] = "urgent") =>
    jane.handOff(await openSession(), {
      priority,
      engineer_notes: "I think it is the new firmware, not the line. I did not touch the firewall.",
    });
  const settledHandOff = async () => jane.settled(await handOff());

  await ai.inject({ kind: "refusal" });
  await psa.inject({ kind: "403", only_notes: true });
  const [unavailable, noteFailed] = await Promise.all([settledHandOff(), settledHandOff()]);
  await ai.clear();
  await psa.clear();
  const [waiting, taken, mine, paused] = await Promise.all([settledHandOff(), settledHandOff(), settledHandOff(), settledHandOff()]);
  await sam.claim(mine);
  await sam.claim(paused);
  await sam.wait(paused, "Dana at Fabrikam reads us the serial number of the router on Monday");
  await alex.claim(taken);
  const asked = await handOff("normal");
  await sam.claim(asked);
  await sam.wait(asked, "The firewall restarts", SHORT_WAIT_MS);
  await jane.untilTrue(async () => {
    await runClock();
    return (await jane.handoff(asked)).asked_at !== null;
  });
  await psa.change(TICKET, { status: "In Progress" });
  await jane.untilTrue(async () => (await jane.session(mine.session_id)).ticket !== null);
  return {
    waiting: waiting.session_id,
    unavailable: unavailable.session_id,
    noteFailed: noteFailed.session_id,
    taken: taken.session_id,
    mine: mine.session_id,
    paused: paused.session_id,
    asked: asked.session_id,
  };
}
