import { Button } from "@mantine/core";

import { useRedeliver } from "@/features/channels/api/mutations";
import { useWebhookDeliveries } from "@/features/channels/api/queries";
import type { Delivery } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { Mark, type Tone } from "@/shared/ui/mark";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";
import { UserText } from "@/shared/ui/user-text";

import classes from "./channel-row.module.css";

const TONES: Record<Delivery["state"], Tone> = {
  pending: "amber",
  sending: "amber",
  accepted: "green",
  shown: "green",
  opened: "green",
  failed: "red",
  unknown: "amber",
  skipped: "quiet",
  gathered: "quiet",
};

/** What was sent to a webhook in the last 90 days, newest first, each with a way to send it again. */
export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const deliveries = useWebhookDeliveries(webhookId);
  const redeliverMutation = useRedeliver(webhookId);
  const items = deliveries.data?.pages.flatMap((page) => page.items) ?? [];
  if (deliveries.isPending) return <SkeletonLines widths={["medium", "long"]} />;
  if (deliveries.isError) return <ProblemNote error={deliveries.error} onRetry={() => void deliveries.refetch()} />;
  if (items.length === 0) return <p className={classes.words}>Nothing has been sent in the last 90 days.</p>;
  return (
    <>
      {redeliverMutation.isError && <ProblemNote error={redeliverMutation.error} />}
      <ul className={classes.log} aria-label="Deliveries">
        {items.map((delivery) => (
          <li key={delivery.id} className={classes.delivery}>
            <Mark tone={TONES[delivery.state]}>{delivery.state}</Mark>
            <span className={classes.what}>
              <UserText>{delivery.title ?? delivery.event_type}</UserText>
              {delivery.detail && <small className={classes.words}>{delivery.detail}</small>}
            </span>
            <Age at={delivery.updated_at} suffix />
            <Button variant="subtle" size="compact-xs" onClick={() => redeliverMutation.mutate(delivery.id)}>
              Send again
            </Button>
          </li>
        ))}
      </ul>
      {deliveries.hasNextPage && <MoreButton list={deliveries}>Show more</MoreButton>}
    </>
  );
}
