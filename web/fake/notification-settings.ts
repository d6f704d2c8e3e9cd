import type { NotificationSettings, PageTest } from "@/shared/api/types";

import type { FakePerson } from "./people.ts";

/** A public key of the curve P-256, as browsers subscribe with. */
export const PUSH_PUBLIC_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

type Device = NotificationSettings["devices"][number];

const saved = new Map<string, NotificationSettings>();

/** Forgets what people have chosen. */
export function forgetNotificationSettings(): void {
  saved.clear();
}

/** What somebody has chosen to be told; the defaults where they have chosen nothing. */
export function notificationSettingsOf(me: FakePerson): NotificationSettings {
  const rules = {
    escalations: { email: "high", push: "high" },
    mine: { email: "low", push: null },
    ladder: { email: "low", push: "low" },
  } as const;
  const mail = { email_trouble: null, email_reached_at: null };
  const nothing = { quiet: null, ...mail, devices: [], push_public_key: PUSH_PUBLIC_KEY, version: 0 };
  return saved.get(me.id) ?? { rules, email_to: `${me.id}@acme.example`, ...nothing };
}

/** Replaces it. */
export function saveNotificationSettings(me: FakePerson, asked: Pick<NotificationSettings, "rules" | "quiet">): NotificationSettings {
  const before = notificationSettingsOf(me);
  const after = { ...before, rules: asked.rules, quiet: asked.quiet, email_trouble: null, version: before.version + 1 };
  saved.set(me.id, after);
  return after;
}

/** Switches their address off, as the mail service says that mail came back from it. */
export function bounceEmail(me: FakePerson): void {
  saved.set(me.id, { ...notificationSettingsOf(me), email_trouble: { why: "bounced", at: new Date().toISOString() } });
}

/** Adds a device. */
export function addDevice(me: FakePerson, asked: { name: string; endpoint: string }): Device {
  const before = notificationSettingsOf(me);
  const device = { id: `device-of-${asked.endpoint}`, name: asked.name, added_at: new Date().toISOString(), reached_at: null };
  saved.set(me.id, { ...before, devices: [...before.devices.filter(({ id }) => id !== device.id), device] });
  return device;
}

/** Removes a device. */
export function removeDevice(me: FakePerson, deviceId: string): void {
  const before = notificationSettingsOf(me);
  saved.set(me.id, { ...before, devices: before.devices.filter(({ id }) => id !== deviceId) });
}

/** Sends a test message by e-mail and to each device. */
export function pageMe(me: FakePerson): PageTest {
  const devices = notificationSettingsOf(me).devices.map(({ id, name }) => ({ channel: id, kind: "push" as const, device_name: name }));
  const messages = [{ channel: "email", kind: "email" as const, device_name: null }, ...devices];
  return { id: "5e3c7a52-0000-5000-8000-000000000001", sent_at: new Date().toISOString(), messages };
}

/** Has a channel count as one that reaches its person. */
export function confirmArrival(me: FakePerson, { channel }: { channel: string }): void {
  const before = notificationSettingsOf(me);
  const at = new Date().toISOString();
  const devices = before.devices.map((device) => (device.id === channel ? { ...device, reached_at: at } : device));
  saved.set(me.id, { ...before, devices, email_reached_at: channel === "email" ? at : before.email_reached_at });
}
