import type { Correction, Handoff, Turn } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { RESULTS } from "@/shared/ui/result-mark";
import { UserText } from "@/shared/ui/user-text";

import classes from "./correction-list.module.css";

interface Props {
  corrections: Correction[];
  snapshot: Handoff["snapshot"];
}

const LABELS: Record<Correction["of"], string> = {
  problem_summary: "Problem",
  problem_domain: "Domain",
  psa_ticket_id: "Ticket",
  turn: "Entry",
};

/** What was corrected after the hand off: what holds now, beside what was handed over. */
export function CorrectionList({ corrections, snapshot }: Props) {
  if (corrections.length === 0) return null;
  return (
    <ul className={classes.corrections} aria-label="Corrections">
      {corrections.map((correction) => {
        const { was, now } = textsOf(correction, snapshot);
        return (
          <li key={`${correction.of}-${correction.seq ?? ""}`} className={classes.correction}>
            <p className={classes.lead}>
              {LABELS[correction.of]} {correction.seq} {correction.turn?.struck ? "struck out" : "corrected"} by{" "}
              <UserText>{correction.by.name}</UserText> · <Age at={correction.at} suffix />
            </p>
            <UserText lines className={classes.now}>
              {now}
            </UserText>
            <p className={classes.was}>
              Was:{" "}
              <del>
                <UserText lines>{was}</UserText>
              </del>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function textsOf({ of, seq, was, now, turn }: Correction, { steps, messages, notes }: Handoff["snapshot"]) {
  if (of !== "turn" || !turn) return { was: was ?? "none", now: now ?? "none" };
  const before = [...steps, ...messages, ...notes].find((one) => one.seq === seq);
  return { was: before ? textOf(before) : "", now: turn.struck ? turn.struck.reason : textOf(turn) };
}

function textOf(turn: Turn): string {
  if (turn.kind !== "step") return turn.text;
  const finding = turn.finding ? `: ${turn.finding}` : "";
  return `${turn.action}${finding} (${RESULTS[turn.result].label})`;
}
