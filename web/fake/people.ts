import type { Role } from "@/shared/api/types";

export interface FakePerson {
  id: string;
  name: string;
  email: string;
  role: Role;
  accountId: string;
}

const person = (handle: string, name: string, role: Role, accountId = "acme"): FakePerson => ({
  id: `${accountId}-${handle}`,
  name,
  email: `${handle}@${accountId}.example`,
  role,
  accountId,
});

/** The people of the demo. */
export const people = {
  jane: person("jane", "Jane Cooper", "engineer"),
  joe: person("joe", "Joe Park", "engineer"),
  sam: person("sam", "Sam Rivera", "senior"),
  alex: person("alex", "Alex Lindqvist", "senior"),
  olga: person("olga", "Olga Novak", "admin"),
  vic: person("vic", "Vic Tran", "viewer"),
  hank: person("hank", "Hank Weber", "senior", "globex"),
};

export type Handle = keyof typeof people;

export const personById = (id: string): FakePerson | undefined =>
  Object.values(people).find((candidate) => candidate.id === id);
