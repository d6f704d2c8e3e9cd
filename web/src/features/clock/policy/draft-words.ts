import type { Engineer } from "@/shared/api/types";
import { oneLine } from "@/shared/ui/plain-text";
import { targetName, targetNames, targetOf } from "@/shared/ui/targets";

import type { ClientDraft, RulesDraft, StepDraft } from "./policy-draft";
import { minutesText } from "./minutes-text";

/** Says a ladder in one line: `At once: on call · 5 min: all seniors`. */
function ladderWords(steps: StepDraft[], people: Engineer[]): string {
  const words = steps.map(({ afterMin, tell }) => {
    const minutes = Number(afterMin || Number.NaN);
    return `${Number.isInteger(minutes) ? minutesText(minutes) : "?"}: ${targetNames(tell, people) || "nobody"}`;
  });
  return words.join(" · ");
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const rulesWords = ({ ladder, aroundTheClock }: RulesDraft, people: Engineer[]): string =>
  `${aroundTheClock ? "Around the clock" : "In working hours"} · ${ladderWords(ladder, people)}`;

export function clientName({ match: { client, contract, type } }: ClientDraft): string {
  const parts = [client, contract && `contract ${contract}`, type && `type ${type}`].map((part) => oneLine(part)).filter(Boolean);
  return capital(parts.join(", ")) || "New client";
}

/** Says in one line what differs from the account. */
export function clientWords(client: ClientDraft, people: Engineer[]): string {
  const phrases = [
    { yes: "around the clock", no: "working hours only", account: null }[client.aroundTheClock],
    client.hours && "own hours",
    client.holidays && "own holidays",
    client.ladder && "own steps",
    client.senior && `${targetName(targetOf(client.senior), people)} first`,
    client.ai !== "account" && `AI ${client.ai}`,
  ].filter((phrase) => phrase !== null && phrase !== "" && phrase !== false);
  return capital(phrases.join(", ")) || "As the account";
}
