import { ProblemNote } from "@/shared/ui/problem-note";
import page from "@/shared/ui/settings-list.module.css";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import { AbsenteeList } from "./absentee-list";
import { useReadiness } from "./api/queries";
import { GapList } from "./gap-list";
import { LadderSpans } from "./ladder-spans";
import { gapsOf, ladderName } from "./readiness-words";

/** Who would be reached outside the page in the next seven days; what is missing comes first. */
export function ReadinessView() {
  const { data, error, isPending, refetch } = useReadiness();
  return (
    <section aria-labelledby="readiness" className={page.page}>
      <header className={page.head}>
        <h1 id="readiness" className={page.title}>
          Readiness
        </h1>
        <p className={page.words}>
          Who would be reached outside this page in the next seven days, and how.
          {data && ` Times are those of ${data.time_zone}.`} A channel counts for 30 days after something reached its person.
        </p>
      </header>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonLines widths={["medium", "long", "short"]} />}
      {data && <GapList gaps={gapsOf(data.ladders)} />}
      {data && <AbsenteeList absentees={data.absentees} />}
      {data?.ladders.map((ladder) => <LadderSpans key={ladderName(ladder)} ladder={ladder} />)}
      {data && data.ladders_left_out > 0 && <p className={page.words}>{`${data.ladders_left_out} more ladders of clients are not shown.`}</p>}
    </section>
  );
}
