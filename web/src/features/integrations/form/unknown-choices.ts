import type { MappingChoices } from "@/shared/api/types";

import { ownersIn } from "./owners-text";

const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Returns the statuses that the ticket system does not list, by name or id; none while its list is not there. */
export function unknownStatuses(values: string[], { statuses }: MappingChoices): string[] {
  if (statuses.length === 0) return [];
  const known = new Set(statuses.flatMap(({ id, name }) => [id ?? name, name]).map(plain));
  return values.filter((value) => value.trim() !== "" && !/^\d+$/.test(value.trim()) && !known.has(plain(value)));
}

/** Returns the owner ids that the ticket system does not list; none while its list is not there. */
export function unknownOwners(text: string, { owners }: MappingChoices): string[] {
  if (owners.length === 0) return [];
  const known = new Set(owners.map(({ id }) => id));
  return Object.values(ownersIn(text)).filter((id) => /^\d+$/.test(id) && !known.has(id));
}
