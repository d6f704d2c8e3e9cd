import { IconBellRinging } from "@tabler/icons-react";

import { useDuties } from "@/shared/api/duties";
import { useEngineers } from "@/shared/api/engineers";
import { useMe } from "@/shared/api/me";
import type { Handoff, HandoffEvent } from "@/shared/api/types";
import { timeOfDay } from "@/shared/ui/age-text";
import { useNow } from "@/shared/ui/clock";
import { plainText } from "@/shared/ui/plain-text";
import { isPresent } from "@/shared/ui/presence";
import { isPerson, toldNames } from "@/shared/ui/targets";
import { UserText } from "@/shared/ui/user-text";

import classes from "./overdue-warning.module.css";

interface Props {
  handoff: Handoff;
  history: HandoffEvent[];
}

/** Warns the sender that their escalation has waited past a step, and says whom they could call. */
export function OverdueWarning({ handoff, history }: Props) {
  const isOverdue = handoff.status === "unclaimed" && handoff.step !== null && (handoff.step.level > 0 || handoff.step.round > 0);
  return isOverdue ? <Warning handoff={handoff} history={history} /> : null;
}

function Warning({ handoff, history }: Props) {
  const now = useNow();
  const people = useEngineers().data ?? [];
  const told = history.findLast(({ type, handoff_id }) => type === "handoff_overdue" && handoff_id === handoff.id);
  const tell = handoff.step?.tell ?? [];
  const names = toldNames(tell, people);
  const verb = tell.length === 1 && isOne(tell[0] ?? "") ? "was" : "were";
  return (
    <section aria-label="Nobody has come yet" className={classes.warning}>
      <IconBellRinging size={18} aria-hidden="true" className={classes.icon} />
      <div>
        <p className={classes.title}>
          {told ? `${names} ${verb} told at ${timeOfDay(told.occurred_at, now)}; nobody has come yet.` : "Nobody has come yet."} Call
          somebody?
        </p>
        <Reachable sender={handoff.from.id} />
      </div>
    </section>
  );
}

const isOne = (target: string) => isPerson(target) || target === "sender" || target === "on_call";

/** Who is on call, and which other seniors are available, without the sender and the reader. */
function Reachable({ sender }: { sender: string }) {
  const me = useMe();
  const now = useNow();
  const duties = (useDuties().data ?? []).filter(({ person }) => person && person.id !== me.id && person.id !== sender);
  const onCall = duties.map(({ person }) => person?.id);
  const others = (useEngineers().data ?? []).filter(
    ({ id, role, availability }) =>
      (role === "senior" || role === "admin") && isPresent(availability) && ![me.id, sender, ...onCall].includes(id),
  );
  if (duties.length + others.length === 0) return <p>Nobody is on call, and no senior is available.</p>;
  return (
    <ul className={classes.people}>
      {duties.map(({ rota_id, person, until }) => (
        <li key={rota_id}>
          On call: <UserText>{person?.name ?? ""}</UserText>
          {until ? ` until ${timeOfDay(until, now)}` : ""}
        </li>
      ))}
      {others.length > 0 && <li>Available: {others.map(({ name }) => plainText(name)).join(", ")}</li>}
    </ul>
  );
}
