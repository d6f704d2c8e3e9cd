import { Button } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { type AnyChannel, useSwitchChannel, useTestChannel } from "@/features/channels/api/mutations";
import { CHANNEL_KINDS } from "@/features/channels/channel-kinds";
import { DeleteChannel } from "@/features/channels/delete-channel";
import { DeliveryLog } from "@/features/channels/delivery-log";
import { Age } from "@/shared/ui/age";
import { Mark } from "@/shared/ui/mark";
import { plainText } from "@/shared/ui/plain-text";
import { ProblemNote } from "@/shared/ui/problem-note";
import rowClasses from "@/shared/ui/settings-row.module.css";
import { UserText } from "@/shared/ui/user-text";

import classes from "./channel-row.module.css";

/** A channel in the list: what it is, how it fares, and what an admin can do with it. */
export function ChannelRow({ channel }: { channel: AnyChannel }) {
  const [isLogOpen, setLogOpen] = useState(false);
  const switchMutation = useSwitchChannel(channel);
  const isOn = channel.is_on && channel.switched_off_at === null;
  return (
    <article aria-label={plainText(channel.name)} className={rowClasses.row}>
      <h2 className={rowClasses.name}>
        <UserText>{channel.name}</UserText>
      </h2>
      <p className={rowClasses.facts}>
        <span>{CHANNEL_KINDS[channel.kind].label}</span>
        <code className={rowClasses.address}>{plainText(channel.host)}</code>
        <Health channel={channel} />
      </p>
      <div className={classes.buttons}>
        {isOn && <TestButton channel={channel} />}
        <Button variant="default" size="xs" loading={switchMutation.isPending} onClick={() => switchMutation.mutate(!isOn)}>
          {isOn ? "Switch off" : "Switch on"}
        </Button>
        {channel.kind === "webhook" && (
          <Button variant="default" size="xs" aria-expanded={isLogOpen} onClick={() => setLogOpen(!isLogOpen)}>
            Deliveries
          </Button>
        )}
        <DeleteChannel channel={channel} />
      </div>
      {switchMutation.isError && <ProblemNote error={switchMutation.error} />}
      {isLogOpen && <DeliveryLog webhookId={channel.id} />}
    </article>
  );
}

function Health({ channel: { is_on, switched_off_at, failing_since, last_error } }: { channel: AnyChannel }) {
  if (switched_off_at !== null) return <Mark tone="red">Switched off after failures: {last_error}</Mark>;
  if (!is_on) return <Mark tone="quiet">Off</Mark>;
  if (failing_since === null) return <Mark tone="green">On</Mark>;
  return (
    <Mark tone="amber">
      Failing since <Age at={failing_since} />: {last_error}
    </Mark>
  );
}

function TestButton({ channel }: { channel: AnyChannel }) {
  const testMutation = useTestChannel(channel);
  const result = testMutation.data;
  const Icon = result?.works ? IconCheck : IconX;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={testMutation.isPending}
        onClick={() => testMutation.mutate()}
        aria-label={`Send a test: ${channel.name}`}
      >
        Send a test
      </Button>
      <span role="status">
        {result && (
          <Mark tone={result.works ? "green" : "red"} icon={<Icon size={14} stroke={2.5} aria-hidden="true" />}>
            {result.detail}
          </Mark>
        )}
      </span>
      {testMutation.isError && <ProblemNote error={testMutation.error} />}
    </>
  );
}
