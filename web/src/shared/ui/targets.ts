import type { Engineer } from "@/shared/api/types";
import { plainText } from "./plain-text";

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

/** Names a person by the id that a rota or a policy has. Who was removed from the directory is shown by the beginning of it. */
export function nameOfId(id: string, people: Engineer[]): string {
  const found = people.find((one) => one.id === id);
  if (found) return plainText(found.name);
  return people.length === 0 ? plainText(id) : `Removed person (${plainText(id).slice(0, 8)})`;
}

/** Names a target. */
export function targetName(target: string, people: Engineer[]): string {
  const group = GROUPS.find((one) => one.target === target);
  if (group) return group.label;
  return nameOfId(target.replace(PERSON, ""), people);
}

/** Names the targets within a sentence: `on call, all seniors, Sam`. */
export const targetNames = (targets: string[], people: Engineer[]): string =>
  targets.map((target) => (isPerson(target) ? targetName(target, people) : targetName(target, people).toLowerCase())).join(", ");

const SUBJECTS: Record<string, string> = {
  on_call: "who is on call",
  skilled: "seniors skilled in the domain",
  seniors: "all seniors",
  admins: "the admins",
  sender: "the sender",
};

/** Names the targets as those who were told: `Who is on call, all seniors and Sam`. */
export function toldNames(targets: string[], people: Engineer[]): string {
  const names = targets.map((target) => {
    const hasLeft = isPerson(target) && !people.some(({ id }) => targetOf(id) === target);
    return SUBJECTS[target] ?? (hasLeft ? "somebody who has left" : targetName(target, people));
  });
  const text = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}` : (names[0] ?? "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
