import type { ChatChannel, Delivery, HandoffDelivery, Webhook } from "@/shared/api/types";

import { notFound } from "./refusal.ts";

/** What an admin saves of either kind. */
export interface ChannelChange {
  kind?: "slack" | "teams";
  name: string;
  url?: string | null;
  filter?: Webhook["filter"];
  is_on?: boolean;
}

/** The channels of the one account that tests have. Addresses and secrets are not stored. */
export class Channels {
  readonly webhooks = new Map<string, Webhook>();
  readonly chats = new Map<string, ChatChannel>();
  readonly deliveries: Delivery[] = [];
  readonly redelivered: string[] = [];
  /** What was sent to people and channels about a handoff. */
  readonly deliveriesOf = new Map<string, HandoffDelivery[]>();

  constructor(private readonly now: () => string) {}

  saveWebhook(id: string, asked: ChannelChange): Webhook {
    const at = this.now();
    const saved = { ...this.common(this.webhooks.get(id), id, asked), secret_set_at: at, signs_with_previous_until: at };
    this.webhooks.set(id, saved);
    return saved;
  }

  saveChat(id: string, asked: ChannelChange): ChatChannel {
    const saved: ChatChannel = { ...this.common(this.chats.get(id), id, asked), kind: asked.kind ?? "slack" };
    this.chats.set(id, saved);
    return saved;
  }

  remove(id: string): void {
    if (!this.webhooks.delete(id) && !this.chats.delete(id)) throw notFound("channel");
  }

  redeliver(id: string): Delivery {
    const found = this.deliveries.find((delivery) => delivery.id === id);
    if (!found) throw notFound("delivery");
    this.redelivered.push(id);
    found.state = "pending";
    return found;
  }

  private common(before: Webhook | ChatChannel | undefined, id: string, asked: ChannelChange) {
    const at = this.now();
    return {
      id,
      name: asked.name,
      host: asked.url ? new URL(asked.url).hostname : (before?.host ?? "hooks.example.com"),
      filter: asked.filter ?? {},
      is_on: asked.is_on ?? true,
      failing_since: null,
      switched_off_at: null,
      last_error: null,
      version: (before?.version ?? 0) + 1,
      created_at: before?.created_at ?? at,
      updated_at: at,
    };
  }
}
