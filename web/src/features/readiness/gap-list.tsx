import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "react-router";

import { isAtLeast, useMe } from "@/shared/api/me";

import classes from "./readiness.module.css";
import { type Gap, gapReason } from "./readiness-words";

/** What is missing, first, each with a way to put it right. */
export function GapList({ gaps }: { gaps: Gap[] }) {
  if (gaps.length === 0) {
    return (
      <p className={classes.ready}>
        <IconCircleCheck size={18} aria-hidden="true" />
        Every step reaches somebody, or can wait because its people chose so.
      </p>
    );
  }
  return (
    <section aria-labelledby="missing" className={classes.missing}>
      <h2 id="missing" className={classes.heading}>
        What is missing
      </h2>
      <ul className={classes.gaps}>
        {gaps.map((gap) => (
          <li key={gap.key} className={classes.gap}>
            <IconAlertTriangle size={16} aria-hidden="true" className={classes.icon} />
            <div>
              <p className={classes.lead}>{`${gap.ladder}, ${gap.when}: step ${gap.level + 1} reaches nobody`}</p>
              <p className={classes.words}>
                {gapReason(gap.step)} <Fix gap={gap} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fix({ gap }: { gap: Gap }) {
  const me = useMe();
  const { missed } = gap.step;
  if (missed.some(({ person }) => person.id === me.id)) return <Link to="/notifications">Page yourself now</Link>;
  if (missed.length > 0) return "Ask them to press “Page me now” in their notification settings.";
  return (
    <>
      <Link to="/rotas">Look at the rotas</Link>
      {isAtLeast(me, "admin") && (
        <>
          {" "}
          or <Link to="/policy">change the policy</Link>
        </>
      )}
    </>
  );
}
