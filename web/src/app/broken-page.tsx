import { useRouteError } from "react-router";

import { Problem } from "@/shared/api/problem";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./broken-page.module.css";
import { NoRolePage } from "./no-role-page";
import { RemovedPage } from "./removed-page";

/** The router's error page. Says so when the reader has no role, or was removed. Offers a reload; drafts are in storage and survive it. */
export function BrokenPage() {
  const thrown = useRouteError();
  const error = thrown instanceof Error ? thrown : new Error("unknown");
  if (error instanceof Problem && error.status === 403 && error.message.includes("none of the roles")) return <NoRolePage />;
  if (error instanceof Problem && error.code === "removed") return <RemovedPage />;
  const reload = () => window.location.reload();
  return (
    <main className={classes.page}>
      <ProblemNote error={error} onRetry={reload} retryLabel={error instanceof Problem ? undefined : "Reload"} />
    </main>
  );
}
