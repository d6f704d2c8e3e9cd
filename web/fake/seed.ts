import type { HandOff, IntegrationChange, NewSession, Step, TicketFacts } from "@/shared/api/types";

import { assessmentOf } from "./assessments.ts";
import type { InMemoryApi } from "./in-memory-api.ts";
import { type FakePerson, people } from "./people.ts";

const MINUTE_MS = 60_000;

type Tried = Pick<Step, "action" | "result" | "finding" | "evidence">;

interface SeedSession {
  by: FakePerson;
  minutesAgo: number;
  about: NewSession;
  tried: Tried[];
  said?: string[];
  handOff?: Omit<HandOff, "epoch">;
  assessed?: "ready" | "pending" | "unavailable";
  /** The reason why the ticket note failed, if it did. */
  noteFailed?: string;
}

const tried = (
  action: string,
  result: Step["result"],
  finding: string | null = null,
  evidence: Step["evidence"] = "observed",
): Tried => ({ action, result, finding, evidence });

const SESSIONS: SeedSession[] = [
  {
    by: people.jane,
    minutesAgo: 4300,
    about: { problem_summary: "Guest Wi-Fi asks for the password of last quarter", problem_domain: "Network", psa_ticket_id: "48102" },
    tried: [tried("Compared the key on the controller with the poster in the lobby", "narrowed", "they differ")],
  },
  {
    by: people.jane,
    minutesAgo: 1500,
    about: { problem_summary: "Scanner on floor 2 sends no mail since the relay moved", problem_domain: "E-mail" },
    tried: [tried("Sent a test mail from the scanner's own page", "no_effect")],
    handOff: { intent: "park", engineer_notes: "Waiting for the vendor's answer, ticket with them is open." },
    assessed: "ready",
  },
  {
    by: people.joe,
    minutesAgo: 52,
    about: {
      problem_summary: "Nightly backup of the file server stops at 71 % with “snapshot not found”",
      problem_domain: "Backup",
      psa_ticket_id: "48190",
    },
    tried: [
      tried("Restarted the VSS writers", "no_effect"),
      tried("Ran the job by hand", "no_effect"),
      tried("Freed 200 GB on the repository", "unclear", null, "reported"),
    ],
    handOff: { intent: "escalate", priority: "high", engineer_notes: "The next window is tonight at 22:00." },
    assessed: "unavailable",
    noteFailed: "Autotask does not give our user the permission (403).",
  },
  {
    by: people.joe,
    minutesAgo: 190,
    about: { problem_summary: "New laptop of the CFO does not enroll, error 0x80180014", problem_domain: "Endpoint", psa_ticket_id: "48177" },
    tried: [tried("Removed the old device record", "no_effect"), tried("Enrolled again with the same user", "no_effect")],
    handOff: { intent: "escalate", priority: "normal", engineer_notes: "" },
    assessed: "ready",
  },
  {
    by: people.jane,
    minutesAgo: 14,
    about: {
      problem_summary: "VPN drops for everyone at the Ghent branch ten minutes after they sign in",
      problem_domain: "Network",
      psa_ticket_id: "48213",
    },
    said: [
      "Since this morning all 14 people at Ghent lose the VPN after about ten minutes. Head office is fine.",
      "Ten minutes for everyone points at a timer rather than at the line. Two things would tell:\n\n1. Does a **busy** session last longer than an idle one?\n2. What changed on the branch firewall in the last two days?\n\nThe firewall's event log should show which end closes the tunnel: look for `phase 2 delete`.",
      "The firewall got firmware 7.4.3 last night, says their office manager.",
    ],
    tried: [
      tried("Pinged the branch gateway for 30 minutes", "narrowed", "no loss"),
      tried("Connected with a fresh client profile", "no_effect"),
      tried("Kept a ping running through the tunnel", "narrowed", "it stayed up for 40 minutes"),
      tried("Moved one user to the backup line", "no_effect"),
      tried("Asked whether anything changed", "narrowed", "firmware 7.4.3 was installed last night", "reported"),
      tried("Roll the firmware back to 7.4.2", "not_done"),
    ],
    handOff: {
      intent: "escalate",
      priority: "urgent",
      engineer_notes:
        "I think it is the new firmware, not the line. Rolling back needs a window and a yes from their manager, Ms. Peeters (on site until 18:00). I did not touch the firewall.",
    },
    assessed: "ready",
  },
  {
    by: people.sam,
    minutesAgo: 30,
    about: { problem_summary: "Terminal server 3 shows a black screen after sign-in for two users", problem_domain: "Server", psa_ticket_id: "48201" },
    tried: [tried("Signed the users off and on again", "unclear")],
    said: ["Two users, same profile disk. Others on the same host are fine."],
  },
];

/** Fills the API with sessions and handoffs as an MSP has them in the morning. */
export function seed(api: InMemoryApi): void {
  api.integrations.save("autotask", people.olga, AUTOTASK);
  for (const one of SESSIONS) addSession(api, one);
  api.shiftMs = 0;
}

const AUTOTASK: IntegrationChange = {
  name: "Autotask",
  base_url: "https://webservices2.autotask.net/ATServicesRest",
  settings: { kind: "autotask", user_name: "flowpilot@acme.example", webhook_guids: [] },
  ticket_mapping: { status_on_claim: "In Progress", status_on_resolve: "Complete", owner_ids: { "sam@acme.example": "14" } },
  secrets: { api_integration_code: "code", api_secret: "secret", webhook_secret: "secret" },
};

export const factsOf = (title: string, read_at: string): TicketFacts => ({
  number: "T20261124.0041",
  title,
  client: { id: "174", name: "Peeters & Zonen" },
  contact: { name: "Lotte Peeters", phone: "+32 9 555 01 42", email: "lotte@peeters.example" },
  status: "Waiting on us",
  priority: "High",
  type: "Incident",
  owner: "Jane Cooper",
  due_at: null,
  contract: "Managed Workplace",
  url: "https://ww2.autotask.net/ticket",
  is_closed: false,
  customer_reply: null,
  changed_at: read_at,
  read_at,
});

function addSession(api: InMemoryApi, one: SeedSession): void {
  const { by, minutesAgo, about, tried: steps, said, handOff, assessed, noteFailed } = one;
  const at = (minutes: number) => (api.shiftMs = -minutes * MINUTE_MS);
  at(minutesAgo + 25);
  const session = api.openSession(by, about);
  if (about.psa_ticket_id) session.ticket = factsOf(about.problem_summary, api.now());
  said?.forEach((text, index) => {
    at(minutesAgo + 22 - index);
    if (index % 2 === 0) api.say(session.id, by, text, session.epoch);
    else api.reply(session.id, text);
  });
  steps.forEach((step, index) => {
    at(minutesAgo + 16 - index);
    api.addStep(session.id, by, { ...step, epoch: session.epoch });
  });
  if (!handOff) return;
  at(minutesAgo);
  const handoff = api.handOff(session.id, by, { ...handOff, epoch: session.epoch });
  at(minutesAgo - 1);
  if (about.psa_ticket_id) api.setTicketNotes(handoff.id, noteFailed ? { status: "failed", error: noteFailed } : { status: "sent" });
  if (assessed === "ready") api.assess(handoff.id, assessmentOf(handoff));
  if (assessed === "unavailable") api.assess(handoff.id, { error: "overloaded" });
}
