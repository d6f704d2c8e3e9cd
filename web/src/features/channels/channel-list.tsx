import { Button } from "@mantine/core";
import { IconPlus, IconSend } from "@tabler/icons-react";
import { useState } from "react";

import { AddChannel } from "@/features/channels/add-channel";
import type { AnyChannel } from "@/features/channels/api/mutations";
import { useChatChannels, useWebhooks } from "@/features/channels/api/queries";
import { ChannelRow } from "@/features/channels/channel-row";
import { Empty } from "@/shared/ui/empty";
import { SettingsList } from "@/shared/ui/settings-list";

/** The channels of the account: Slack, Teams and outgoing webhooks. */
export function ChannelList() {
  const [isAdding, setAdding] = useState(false);
  const lists = [useChatChannels(), useWebhooks()] as const;
  const [chats, webhooks] = lists;
  const items: AnyChannel[] = [
    ...(chats.data ?? []),
    ...(webhooks.data ?? []).map((webhook) => ({ ...webhook, kind: "webhook" as const })),
  ];
  return (
    <SettingsList
      id="channels"
      title="Channels"
      about="Where FlowPilot announces escalations outside this page"
      add={
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
          Add
        </Button>
      }
      error={chats.error ?? webhooks.error}
      onRetry={() => lists.forEach((list) => void list.refetch())}
      isLoading={chats.isPending || webhooks.isPending}
      empty={
        <Empty icon={<IconSend size={24} aria-hidden="true" />} title="No channel is set up">
          <p>Add Slack, Teams or a webhook to announce escalations where people already work.</p>
        </Empty>
      }
      rows={items.map((channel) => [`${channel.kind} ${channel.id}`, <ChannelRow channel={channel} />])}
    >
      <AddChannel opened={isAdding} onClose={() => setAdding(false)} />
    </SettingsList>
  );
}
