import type { Engineer } from "@/shared/api/types";
import { plainText } from "@/shared/ui/plain-text";

/** The groups that a step of the ladder can tell. */
export const GROUPS: { target: string; label: string }[] = [
  { target: "on_call", label: "On call" },
  { target: "skilled", label: "Skilled in the domain" },
  { target: "seniors", label: "All seniors" },
  { target: "admins", label: "Admins" },
  { target: "sender", label: "The sender" },
];

const PERSON = "person:";

export const targetOf = (personId: string): string => PERSON + personId;
export const isPerson = (target: string): boolean => target.startsWith(PERSON);

/** Names a target. Somebody who has left the directory is shown by their id. */
export function targetName(target: string, people: Engineer[]): string {
  const group = GROUPS.find((one) => one.target === target);
  if (group) return group.label;
  const id = target.replace(PERSON, "");
  return plainText(people.find((one) => one.id === id)?.name ?? id);
}

/** Names the targets within a sentence: `on call, all seniors, Sam`. */
export const targetNames = (targets: string[], people: Engineer[]): string =>
  targets.map((target) => (isPerson(target) ? targetName(target, people) : targetName(target, people).toLowerCase())).join(", ");

/** Formats minutes as `at once`, `45 min`, `4 h` or `1 h 30 min`. */
export function minutesText(minutes: number): string {
  if (minutes === 0) return "at once";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ");
}
