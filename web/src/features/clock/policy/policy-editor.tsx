import { usePolicy } from "@/features/clock/api/queries";
import { ProblemNote } from "@/shared/ui/problem-note";
import page from "@/shared/ui/settings-list.module.css";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import classes from "./policy-form.module.css";
import { PolicyForm } from "./policy-form";

/** The account's policy: its working hours, deadlines and ladder, with a preview of what they do. */
export function PolicyEditor({ onDirtyChange }: { onDirtyChange: (isDirty: boolean) => void }) {
  const { data, error, isPending, refetch } = usePolicy();
  return (
    <section aria-labelledby="policy" className={`${page.page} ${classes.wide}`}>
      <header className={page.head}>
        <h1 id="policy" className={page.title}>
          Policy
        </h1>
        <p className={page.words}>Who is notified of a waiting escalation and when, and when a quiet claim goes back to the queue.</p>
      </header>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonLines widths={["medium", "long", "full"]} />}
      {data && <PolicyForm saved={data} onDirtyChange={onDirtyChange} />}
    </section>
  );
}
