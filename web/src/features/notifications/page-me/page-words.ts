import type { PageState } from "@/shared/api/types";
import { timeOfDay } from "@/shared/ui/time-of-day";

type Known = PageState["messages"][number];

const clock = (at: string) => timeOfDay(at, { seconds: true });

/** Returns what is known of a test message, and no more than that. */
export function stateText({ kind, state, detail, accepted_at: accepted, shown_at: shown, arrived_at: arrived }: Known): string {
  if (arrived) return `You said at ${clock(arrived)} that it arrived`;
  if (shown) return `Shown by the device at ${clock(shown)}`;
  if (state === "accepted" && accepted) return `${SERVICES[kind]} took it at ${clock(accepted)}`;
  if (state === "failed" || state === "skipped") return `Not sent: ${detail ?? "no reason is known."}`;
  if (state === "unknown") return detail ?? "It may have been sent; the outcome is unknown.";
  return detail ? `Waits to be tried again: ${detail}` : "On its way";
}

const SERVICES: Record<Known["kind"], string> = {
  email: "The mail service",
  push: "The push service",
  sms: "The SMS service",
  slack: "Slack",
  teams: "Teams",
  webhook: "The receiver",
};
