import type { ChannelKind } from "@/shared/api/types";

interface Kind {
  label: string;
  /** What the address is, and where an admin finds it. */
  address: string;
}

export const CHANNEL_KINDS: Record<ChannelKind, Kind> = {
  slack: { label: "Slack", address: "The URL of an incoming webhook, at hooks.slack.com." },
  teams: { label: "Teams", address: "The URL of a workflow that starts when a Teams webhook request is received." },
  webhook: { label: "Webhook", address: "An https address of your own system. Messages follow Standard Webhooks." },
};
