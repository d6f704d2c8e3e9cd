import { Button } from "@mantine/core";

import classes from "@/features/notifications/push/devices.module.css";
import type { NotificationSettings, PageState, PageTest } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import form from "@/shared/ui/form.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import { stateText } from "./page-words";
import { useConfirmArrival, usePageMe, usePageState } from "./use-page-me";

/** Tests whether messages reach the person: they are sent one by each channel, and say which arrived. */
export function PageMe({ settings }: { settings: NotificationSettings }) {
  const pageMutation = usePageMe();
  return (
    <section aria-labelledby="page-me" className={classes.section}>
      <h2 id="page-me" className={classes.heading}>
        Does it reach you?
      </h2>
      <p className={form.hint}>
        {lastReached(settings) ?? "Nothing has reached you so far, as far as FlowPilot knows."} A channel counts for 30 days after something
        reached you by it.
      </p>
      <Button variant="default" className={classes.button} loading={pageMutation.isPending} onClick={() => pageMutation.mutate()}>
        Page me now
      </Button>
      {pageMutation.isError && <ProblemNote error={pageMutation.error} />}
      {pageMutation.data && <Messages key={pageMutation.data.id} test={pageMutation.data} />}
    </section>
  );
}

function Messages({ test }: { test: PageTest }) {
  const known = usePageState(test.id, test.sent_at).data?.messages ?? [];
  return (
    <>
      <p role="status">Test messages are on their way. Say which arrive.</p>
      <ul aria-label="Test messages" className={classes.devices}>
        {test.messages.map((message) => (
          <Message key={message.channel} message={message} known={known.find(({ channel }) => channel === message.channel)} pageId={test.id} />
        ))}
      </ul>
    </>
  );
}

interface MessageProps {
  message: PageTest["messages"][number];
  known: PageState["messages"][number] | undefined;
  pageId: string;
}

function Message({ message, known, pageId }: MessageProps) {
  const arrivedMutation = useConfirmArrival(pageId);
  const name = message.device_name ?? (message.kind === "sms" ? "SMS" : "E-mail");
  return (
    <li className={classes.device}>
      <span className={classes.name}>
        <UserText>{name}</UserText>
        <span className={form.hint} aria-live="polite">
          {known ? stateText(known) : "On its way"}
        </span>
        {arrivedMutation.isError && <ProblemNote error={arrivedMutation.error} />}
      </span>
      {arrivedMutation.isSuccess ? (
        <span role="status">Counts for 30 days</span>
      ) : (
        <Button
          variant="default"
          size="xs"
          aria-label={`It arrived: ${name}`}
          loading={arrivedMutation.isPending}
          onClick={() => arrivedMutation.mutate(message.channel)}
        >
          It arrived
        </Button>
      )}
    </li>
  );
}

function lastReached({ email_reached_at: email, phone, devices }: NotificationSettings) {
  const last = [email, phone?.reached_at ?? null, ...devices.map(({ reached_at: at }) => at)].filter((at) => at !== null).sort().at(-1);
  return last === undefined ? null : (
    <>
      Something last reached you <Age at={last} suffix />.
    </>
  );
}
