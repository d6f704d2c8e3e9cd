import type { Rota, RotaChange, SavedRota, Shift } from "@/shared/api/types";

import { nameOf } from "./new-records.ts";
import { type FakePerson, personById } from "./people.ts";
import { notFound, Refusal, requireAdmin } from "./refusal.ts";

const DAY_MS = 86_400_000;
const local = (at: number) => `${new Date(at).toISOString().slice(0, 16)}+00:00`;
const person = (id: string) => ({ id, name: personById(id)?.name ?? id });

/** The rotas of the one account that tests have: daily handovers at 08:00 in UTC, whatever a rota says. */
export class Rotas {
  readonly saved = new Map<string, SavedRota>();

  constructor(private readonly now: () => string) {}

  one(id: string): SavedRota {
    const found = this.saved.get(id);
    if (!found) throw notFound("rota");
    return found;
  }

  save(id: string, me: FakePerson, { name, rota, version }: RotaChange): SavedRota {
    requireAdmin(me);
    const before = this.saved.get(id);
    if (version != null && version !== before?.version) {
      throw new Refusal(409, "invalid_state", "Somebody has saved this rota since you read it.", { current_status: "changed" });
    }
    const refuse = (pointer: string, detail: string) => {
      throw new Refusal(422, "invalid_request", "The body breaks the contract.", { errors: [{ pointer, detail }] });
    };
    if (!rota.time_zone.includes("/")) refuse("/rota/time_zone", `'${rota.time_zone}' is no time zone of the IANA database`);
    const odd = (rota.overrides ?? []).findIndex(({ begins_at, ends_at }) => ends_at <= begins_at);
    if (odd >= 0) refuse(`/rota/overrides/${odd}`, "an override ends after it begins");
    return this.put(id, name, rota, before?.calendar_issued_at ?? null);
  }

  remove(id: string, me: FakePerson): void {
    requireAdmin(me);
    this.one(id);
    this.saved.delete(id);
  }

  issue(id: string, me: FakePerson, issuedAt: string | null): void {
    requireAdmin(me);
    const { name, rota } = this.one(id);
    this.put(id, name, rota, issuedAt);
  }

  shifts(id: string, from: string, to: string): Shift[] {
    const { rota } = this.one(id);
    const first = Date.parse(`${rota.starts_on}T08:00:00Z`);
    const found: Shift[] = [];
    for (let turn = 0, at = first; at < Date.parse(to); turn += 1, at += DAY_MS) {
      const begins_at = new Date(at).toISOString();
      const taken = rota.overrides?.find((one) => one.begins_at === begins_at);
      if (at + DAY_MS <= Date.parse(from)) continue;
      found.push({
        person: person(taken?.person ?? rota.people[turn % rota.people.length]!),
        begins_at,
        ends_at: new Date(at + DAY_MS).toISOString(),
        local_begins_at: local(at),
        local_ends_at: local(at + DAY_MS),
        is_override: taken !== undefined,
      });
    }
    return found;
  }

  take(id: string, me: FakePerson, begins_at: string): SavedRota {
    const { name, rota, calendar_issued_at } = this.one(id);
    const ends_at = new Date(Date.parse(begins_at) + DAY_MS).toISOString();
    return this.put(id, name, { ...rota, overrides: [...(rota.overrides ?? []), { person: nameOf(me).id, begins_at, ends_at }] }, calendar_issued_at);
  }

  private put(id: string, name: string, rota: Rota, issuedAt: string | null): SavedRota {
    const stored = {
      id,
      name,
      rota,
      local_overrides: (rota.overrides ?? []).map(({ begins_at, ends_at }) => ({
        begins_at: `${begins_at.slice(0, 16)}+00:00`,
        ends_at: `${ends_at.slice(0, 16)}+00:00`,
      })),
      calendar_issued_at: issuedAt,
      updated_at: this.now(),
      version: (this.saved.get(id)?.version ?? 0) + 1,
    };
    this.saved.set(id, stored);
    return stored;
  }
}
