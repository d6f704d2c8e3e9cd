import type { Integration, IntegrationChange, IntegrationState, MappingChoices, TicketSystem } from "@/shared/api/types";

import type { FakePerson } from "./people.ts";
import { notFound, Refusal, requireAdmin } from "./refusal.ts";

/** The ticket systems of each account. Secrets are not stored, only the times when they were set. */
export class Integrations {
  private readonly kept = new Map<string, IntegrationState>();

  constructor(private readonly now: () => string) {}

  of(me: FakePerson): Integration[] {
    requireAdmin(me);
    return this.ofAccount(me);
  }

  systems(me: FakePerson): TicketSystem[] {
    return this.ofAccount(me).map(({ id, name, settings }) => ({ id, name, kind: settings.kind }));
  }

  private ofAccount(me: FakePerson): Integration[] {
    const prefix = `${me.accountId}/`;
    return [...this.kept].filter(([key]) => key.startsWith(prefix)).map(([, integration]) => integration);
  }

  one(id: string, me: FakePerson): IntegrationState {
    requireAdmin(me);
    const found = this.kept.get(keyOf(id, me));
    if (!found) throw notFound("integration");
    return found;
  }

  save(id: string, me: FakePerson, asked: IntegrationChange): IntegrationState {
    requireAdmin(me);
    const before = this.kept.get(keyOf(id, me));
    requireVersion(before, asked.version ?? null);
    const at = this.now();
    const changed = Object.entries(asked.secrets ?? {}).map(([name, value]) => [name, value === null ? null : at] as const);
    const saved: IntegrationState = {
      id,
      name: asked.name,
      base_url: asked.base_url ?? null,
      settings: asked.settings,
      ticket_mapping: asked.ticket_mapping ?? {},
      secrets_set_at: { ...before?.secrets_set_at, ...Object.fromEntries(changed) },
      webhook_path: `/webhooks/${me.accountId}/${id}${asked.settings.kind === "connectwise" ? "?recordId=" : ""}`,
      version: (before?.version ?? 0) + 1,
      reconciled_until: at,
      created_at: before?.created_at ?? at,
      updated_at: at,
      failures: before?.failures ?? [],
      waiting_handoffs: before?.waiting_handoffs ?? 0,
      webhook_events: before?.webhook_events ?? EVENTS.map((event) => ({ event, last_at: null })),
    };
    this.kept.set(keyOf(id, me), saved);
    return saved;
  }

  remove(id: string, me: FakePerson): void {
    this.one(id, me);
    this.kept.delete(keyOf(id, me));
  }

  choices(id: string, me: FakePerson): MappingChoices {
    this.one(id, me);
    return { statuses: STATUSES.map((name, index) => ({ id: String(index + 1), name })), owners: OWNERS };
  }

  test(id: string, me: FakePerson) {
    this.one(id, me);
    return {
      works: true,
      detail: "Read ticket #48213; wrote nothing; no webhook seen yet.",
      ticket_number: "48213",
      webhook_last_at: null,
      warnings: [],
    };
  }
}

const STATUSES = ["Complete", "Closed", "In Progress", "New"];
const OWNERS = [
  { id: "14", name: "Sam Rivera", email: "sam@acme.example" },
  { id: "15", name: "Alex Lindqvist", email: "alex@acme.example" },
];

const EVENTS = ["ticket.created", "ticket.updated", "ticket.deleted"] as const;

const keyOf = (id: string, me: FakePerson) => `${me.accountId}/${id}`;

function requireVersion(before: Integration | undefined, read: number | null): void {
  if (read === null || read === before?.version) return;
  if (!before) throw notFound("integration");
  const detail = `Somebody has saved this integration since you read version ${read}; it is at ${before.version} now.`;
  throw new Refusal(409, "invalid_state", detail, { current_status: "changed" });
}
