import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import type { ChannelKind, ChatChannel, Webhook } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";

/** A webhook or a channel of a chat program, as the list shows both. */
export type AnyChannel = (Webhook & { kind: "webhook" }) | ChatChannel;

export interface NewChannel {
  /** Made with the form, so that a retry does not add a second channel. */
  id: string;
  kind: ChannelKind;
  name: string;
  url: string;
  /** Signs the messages of a webhook. */
  secret: string;
}

/** Saves a new channel. The request is idempotent. `onSaved` is called also after the component was unmounted. */
export function useAddChannel(onSaved: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, kind, name, url, secret }: NewChannel): Promise<void> => {
      if (kind === "webhook") {
        await answerOf(api.PUT("/webhooks/{target_id}", { params: { path: { target_id: id } }, body: { name, url, secret } }));
      } else {
        await answerOf(api.PUT("/channels/{channel_id}", { params: { path: { channel_id: id } }, body: { kind, name, url } }));
      }
    },
    gcTime: 0, // The request body contains secrets.
    onSuccess: () => {
      onSaved();
      return refreshAfter(api, queries, { type: "channel_changed" });
    },
  });
}

/** Switches a channel on or off; switching on also revives one that its failures had switched off. */
export function useSwitchChannel(channel: AnyChannel) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (isOn: boolean): Promise<void> => {
      const { id, name, filter, version } = channel;
      const body = { name, filter, version, is_on: isOn };
      if (channel.kind === "webhook") {
        await answerOf(api.PUT("/webhooks/{target_id}", { params: { path: { target_id: id } }, body }));
      } else {
        const kind = channel.kind === "slack" ? "slack" : "teams";
        await answerOf(api.PUT("/channels/{channel_id}", { params: { path: { channel_id: id } }, body: { ...body, kind } }));
      }
    },
    onSettled: () => refreshAfter(api, queries, { type: "channel_changed" }),
  });
}

export function useDeleteChannel(channel: AnyChannel) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<void> => {
      if (channel.kind === "webhook") {
        await answerOf(api.DELETE("/webhooks/{target_id}", { params: { path: { target_id: channel.id } } }));
      } else {
        await answerOf(api.DELETE("/channels/{channel_id}", { params: { path: { channel_id: channel.id } } }));
      }
    },
    onSettled: () => refreshAfter(api, queries, { type: "channel_changed" }),
  });
}

/** Sends a test message now. */
export function useTestChannel(channel: AnyChannel) {
  const api = useApi();
  return useMutation({
    mutationFn: () =>
      channel.kind === "webhook"
        ? answerOf(api.POST("/webhooks/{target_id}/deliveries", { params: { path: { target_id: channel.id } } }))
        : answerOf(api.POST("/channels/{channel_id}/test", { params: { path: { channel_id: channel.id } } })),
  });
}

/** Sends a delivery again, under the id that it had. */
export function useRedeliver(webhookId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) => {
      const path = { target_id: webhookId, delivery_id: deliveryId };
      return answerOf(api.POST("/webhooks/{target_id}/deliveries/{delivery_id}/redeliver", { params: { path } }));
    },
    onSettled: () => refreshAfter(api, queries, { type: "channel_changed" }),
  });
}
