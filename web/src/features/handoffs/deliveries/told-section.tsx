import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Handoff } from "@/shared/api/types";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";
import { UserText } from "@/shared/ui/user-text";

import { toldLines } from "./told-lines";
import classes from "./told-section.module.css";

/** Who was told of the handoff outside the page, how, and what is known of it; asked for when it is opened. */
export function ToldSection({ handoff }: { handoff: Handoff }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={classes.told} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Who was told</summary>
      {isOpen && <Told handoff={handoff} />}
    </details>
  );
}

function Told({ handoff }: { handoff: Handoff }) {
  const api = useApi();
  const deliveries = useInfiniteQuery({
    queryKey: keys.deliveries(handoff.id),
    staleTime: 0,
    queryFn: ({ pageParam, signal }) => {
      const path = { session_id: handoff.session_id, handoff_id: handoff.id };
      const query = pageParam ? { limit: 100, cursor: pageParam } : { limit: 100 };
      return answerOf(api.GET("/sessions/{session_id}/handoffs/{handoff_id}/deliveries", { params: { path, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
  if (deliveries.isPending) return <SkeletonLines widths={["long", "medium"]} />;
  if (deliveries.isError) return <ProblemNote error={deliveries.error} onRetry={() => void deliveries.refetch()} />;
  const lines = toldLines(deliveries.data.pages.flatMap((page) => page.items).toReversed());
  if (lines.length === 0 && !deliveries.hasNextPage) return <p className={classes.quiet}>Nobody was told outside the page.</p>;
  return (
    <>
      <ul className={classes.lines}>
        {lines.map(({ recipient, parts }, index) => (
          <li key={index}>
            <UserText>{[recipient, ...parts].join(" · ")}</UserText>
          </li>
        ))}
      </ul>
      {deliveries.hasNextPage && (
        <MoreButton list={deliveries} isNarrow>
          Show earlier
        </MoreButton>
      )}
    </>
  );
}
