import { Link } from "react-router";

import type { SessionItem } from "@/shared/api/types";

import { useSessionsOf } from "./api/queries";
import { isHeldBy } from "./held-by";
import { pathOf } from "./path-of";
import classes from "./people.module.css";

/** Says how many live cases somebody holds, as far as the first page of their sessions tells, with a link to them. */
export function HeldCount({ engineerId }: { engineerId: string }) {
  const { data, error, hasNextPage } = useSessionsOf(engineerId, "active");
  const link = (
    <Link to={pathOf(engineerId)} className={classes.link}>
      Show what they hold
    </Link>
  );
  if (error) {
    return (
      <>
        This takes no case from them: return what they hold to the queue, or reassign it. {link}
      </>
    );
  }
  if (!data) return <>Counting the cases that they hold…</>;
  const held = data.pages.flatMap(({ items }) => items).filter((item) => isHeldBy(item, engineerId));
  if (held.length === 0 && !hasNextPage) return <>They hold no case.</>;
  return (
    <>
      {countText(held, hasNextPage)} This takes nothing from them: return it to the queue, or reassign it. {link}
    </>
  );
}

function countText({ length }: SessionItem[], isMore: boolean): string {
  if (length === 0) return "They may hold older cases.";
  return `They hold ${isMore ? "at least " : ""}${length} live ${length === 1 ? "case" : "cases"}.`;
}
