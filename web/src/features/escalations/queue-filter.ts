import type { Priority, QueueItem } from "@/shared/api/types";
import { directionOf } from "@/shared/ui/direction";
import { plainText } from "@/shared/ui/plain-text";

/** Which escalations of the queue are shown; null and false let all pass. */
export interface QueueFilter {
  /** Only what is directed to the reader. */
  forMe: boolean;
  priority: Priority | null;
  domain: string | null;
  client: string | null;
}

export const NO_FILTER: QueueFilter = { forMe: false, priority: null, domain: null, client: null };

const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

/** Reads the filter of an address. What is no priority is none. */
export function readFilter(params: URLSearchParams): QueueFilter {
  const asked = params.get("priority");
  return {
    forMe: params.get("for") === "me",
    priority: PRIORITIES.find((priority) => priority === asked) ?? null,
    domain: named(params.get("domain")),
    client: named(params.get("client")),
  };
}

const named = (value: string | null) => (value === "" ? null : value);

/** Returns the address's parameters with another filter; others stay. */
export function withFilter(params: URLSearchParams, { forMe, ...named }: QueueFilter): URLSearchParams {
  const changed = new URLSearchParams(params);
  for (const [name, value] of Object.entries({ for: forMe ? "me" : null, ...named })) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}

export function passes(item: QueueItem, filter: QueueFilter, meId: string, nowMs: number): boolean {
  const { priority, domain, client } = filter;
  if (filter.forMe && directionOf(item, nowMs)?.to.id !== meId) return false;
  return (
    (priority === null || item.priority === priority) &&
    (domain === null || item.problem_domain === domain) &&
    (client === null || item.client === client)
  );
}

/** Says what a filter lets pass, one phrase for each part; empty when it lets all pass. */
export function filterWords({ forMe, priority, domain, client }: QueueFilter): string[] {
  return [
    forMe ? "directed to you" : "",
    priority === null ? "" : `priority ${priority}`,
    domain === null ? "" : `domain ${plainText(domain)}`,
    client === null ? "" : `client ${plainText(client)}`,
  ].filter(Boolean);
}

/** Returns the values to choose from: those of the items and the chosen one, by name. */
export function choicesOf(values: (string | null)[], chosen: string | null): string[] {
  const known = [...values, chosen].filter((value) => value !== null);
  return [...new Set(known)].sort((one, other) => one.localeCompare(other));
}
