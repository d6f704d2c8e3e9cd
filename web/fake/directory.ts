import type { Availability, Engineer, SessionItem } from "@/shared/api/types";

import type { InMemoryApi } from "./in-memory-api.ts";
import { type FakePerson, people, personById } from "./people.ts";
import { notFound, Refusal, requireAdmin, requireAhead } from "./refusal.ts";
import { lineOf } from "./views.ts";

/** Returns a person as the directory shows them. */
const engineerOf = (api: InMemoryApi, { id, name, email, role }: FakePerson): Engineer => ({
  id,
  name,
  email,
  role,
  skills: [],
  availability: api.availability.get(id) ?? { presence: "available", until: null },
});

export const profileOf = (api: InMemoryApi, me: FakePerson) => ({ ...engineerOf(api, me), account_id: me.accountId });

export const directoryOf = (api: InMemoryApi, me: FakePerson): Engineer[] =>
  Object.values(people)
    .filter((one) => one.accountId === me.accountId && !api.removed.has(one.id))
    .map((one) => engineerOf(api, one));

export function removePerson(api: InMemoryApi, me: FakePerson, id: string): void {
  requireAdmin(me);
  if (id === me.id) throw new Refusal(403, "forbidden", "You cannot remove yourself. Ask another admin.");
  if (personById(id)?.accountId !== me.accountId) throw notFound("engineer");
  api.removed.add(id);
}

export function saveAvailability(api: InMemoryApi, me: FakePerson, said: Availability) {
  if (said.until) requireAhead(said.until, api.now(), 366);
  api.availability.set(me.id, said);
  return profileOf(api, me);
}

/** Returns the sessions that an engineer owns or holds, of one status where one is given. */
export function sessionsOf(api: InMemoryApi, me: FakePerson, engineerId: string, status: string | null): SessionItem[] {
  if (me.id !== engineerId && me.role !== "admin") throw new Refusal(403, "forbidden", "This needs the role admin.");
  return [...api.sessions.values()]
    .filter((one) => one.accountId === me.accountId && [one.owner.id, one.holder?.id].includes(engineerId))
    .filter((one) => status === null || one.status === status)
    .sort((one, other) => other.updated_at.localeCompare(one.updated_at))
    .map((one) => lineOf(api, one));
}
