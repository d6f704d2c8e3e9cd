import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "react-router";

import { isAtLeast, useMe } from "@/shared/api/me";
import type { Absentee } from "@/shared/api/types";
import { plainText } from "@/shared/ui/plain-text";

import classes from "./readiness.module.css";

const IN: Record<Absentee["places"][number]["kind"], (name: string) => string> = {
  ladder: (name) => `the steps for ${name}`,
  client: (name) => `the rules for ${name}`,
  rota: (name) => `the rota ${name}`,
};

/** People whom the policy or a rota still names, though they are not in the directory any more. */
export function AbsenteeList({ absentees }: { absentees: Absentee[] }) {
  const isAdmin = isAtLeast(useMe(), "admin");
  if (absentees.length === 0) return null;
  return (
    <section aria-labelledby="absent" className={classes.missing}>
      <h2 id="absent" className={classes.heading}>
        No longer in the directory
      </h2>
      <ul className={classes.gaps}>
        {absentees.map(({ person, places }) => (
          <li key={person.id} className={classes.gap}>
            <IconAlertTriangle size={16} aria-hidden="true" className={classes.icon} />
            <div>
              <p className={classes.lead}>
                <bdi>{plainText(person.name)}</bdi>
              </p>
              <p className={classes.words}>
                Still named in {places.map(({ kind, name }) => IN[kind](plainText(name))).join(", ")}. Nobody is told in their place.
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className={classes.words}>
        {isAdmin ? (
          <>
            <Link to="/rotas">Change the rotas</Link> or <Link to="/policy">the policy</Link>.
          </>
        ) : (
          "Ask an admin to change the rotas or the policy."
        )}
      </p>
    </section>
  );
}
