import { Link } from "react-router";

import { useDuties } from "@/shared/api/duties";
import { useEngineers } from "@/shared/api/engineers";
import { isAtLeast, useMe } from "@/shared/api/me";
import type { Duty, Engineer } from "@/shared/api/types";
import { timeOfDay } from "@/shared/ui/age-text";
import { useNow } from "@/shared/ui/clock";
import { Initials } from "@/shared/ui/initials";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import { presenceWords } from "@/shared/ui/presence";
import { SettingsList } from "@/shared/ui/settings-list";
import { UserText } from "@/shared/ui/user-text";

import { pathOf } from "./path-of";
import classes from "./people.module.css";
import { RemovePerson } from "./remove-person";

/** The people of the account: who is on call now, who is busy or away. An admin gets to what each of them holds. */
export function PeopleList() {
  const me = useMe();
  const people = useEngineers();
  const duties = useDuties();
  const ofPerson = (id: string) => (duties.data ?? []).filter(({ person }) => person?.id === id);
  return (
    <SettingsList
      id="people"
      title="People"
      about={isAtLeast(me, "admin") ? "Who can be reached. Open somebody to see what they hold." : "Who is on call, and who can be reached."}
      add={null}
      error={people.error}
      onRetry={() => void people.refetch()}
      isLoading={people.isPending}
      empty={null}
      rows={(people.data ?? []).map((one) => [
        one.id,
        <PersonRow key={one.id} person={one} duties={ofPerson(one.id)} isForAdmin={isAtLeast(me, "admin")} isMe={one.id === me.id} />,
      ])}
      note={<NobodyOnCall duties={duties.data ?? []} />}
    />
  );
}

function NobodyOnCall({ duties }: { duties: Duty[] }) {
  const now = useNow();
  return duties
    .filter(({ person }) => person === null)
    .map(({ rota_id, rota_name, until }) => (
      <p key={rota_id} className={classes.note}>
        Nobody is on call in <UserText>{rota_name}</UserText>
        {until ? ` until ${timeOfDay(until, now)}.` : "."}
      </p>
    ));
}

interface RowProps {
  person: Engineer;
  duties: Duty[];
  isForAdmin: boolean;
  isMe: boolean;
}

function PersonRow({ person, duties, isForAdmin, isMe }: RowProps) {
  const now = useNow();
  const presence = presenceWords(person.availability, now);
  return (
    <article aria-label={plainText(person.name)} className={classes.row}>
      <Initials name={person.name} size={28} />
      <h2 className={classes.name}>
        {isForAdmin ? (
          <Link to={pathOf(person.id)} className={classes.link}>
            <UserText>{person.name}</UserText>
          </Link>
        ) : (
          <UserText>{person.name}</UserText>
        )}
      </h2>
      <p className={classes.facts}>
        <span className={classes.role}>{person.role}</span>
        {person.skills.length > 0 && <UserText>{person.skills.join(", ")}</UserText>}
        {duties.map(({ rota_id, rota_name, until }) => (
          <Mark key={rota_id} tone="green">
            On call, {plainText(rota_name)}
            {until ? `, until ${timeOfDay(until, now)}` : ""}
          </Mark>
        ))}
        {presence && <Mark tone="amber">{presence}</Mark>}
      </p>
      {isForAdmin && !isMe && (
        <div className={classes.remove}>
          <RemovePerson person={person} />
        </div>
      )}
    </article>
  );
}
