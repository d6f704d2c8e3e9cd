import type { NotificationSettings, PageState, PageTest } from "@/shared/api/types";

import type { FakePerson } from "./people.ts";
import { Refusal } from "./refusal.ts";

/** A public key of the curve P-256, as browsers subscribe with. */
export const PUSH_PUBLIC_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

type Device = NotificationSettings["devices"][number];

const saved = new Map<string, NotificationSettings>();

/** Forgets what people have chosen. */
export function forgetNotificationSettings(): void {
  saved.clear();
  arrivals.clear();
}

/** A person's notification settings; the defaults where they have saved none. */
export function notificationSettingsOf(me: FakePerson): NotificationSettings {
  const rules = {
    escalations: { email: "high", push: "high", sms: "urgent" },
    mine: { email: "low", push: null, sms: null },
    ladder: { email: "low", push: "low", sms: "urgent" },
  } as const;
  const mail = { email_trouble: null, email_reached_at: null };
  const phone = { sends_sms: true, phone: null, phone_code: null };
  const nothing = { quiet: null, ...mail, ...phone, devices: [], push_public_key: PUSH_PUBLIC_KEY, version: 0 };
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

/** Sends a test message by e-mail, by SMS and to each device. */
export function pageMe(me: FakePerson): PageTest {
  const devices = notificationSettingsOf(me).devices.map(({ id, name }) => ({ channel: id, kind: "push" as const, device_name: name }));
  const texts = notificationSettingsOf(me).phone ? [{ channel: "sms", kind: "sms" as const, device_name: null }] : [];
  const messages = [{ channel: "email", kind: "email" as const, device_name: null }, ...devices, ...texts];
  return { id: "5e3c7a52-0000-5000-8000-000000000001", sent_at: new Date().toISOString(), messages };
}

const arrivals = new Map<string, string>();

/** What is known of a test message: the services took all of them, and their person has said of some that they arrived. */
export function pageState(me: FakePerson, test: PageTest = pageMe(me)): PageState {
  const known = ({ channel }: { channel: string }) => ({
    state: arrivals.has(channel) ? ("opened" as const) : ("accepted" as const),
    detail: null,
    accepted_at: test.sent_at,
    shown_at: null,
    arrived_at: arrivals.get(channel) ?? null,
  });
  return { id: test.id, messages: test.messages.map((message) => ({ ...message, ...known(message) })) };
}

/** Has a channel count as one that reaches its person. */
export function confirmArrival(me: FakePerson, { channel }: { channel: string }): void {
  arrivals.set(channel, new Date().toISOString());
  const before = notificationSettingsOf(me);
  const at = new Date().toISOString();
  const devices = before.devices.map((device) => (device.id === channel ? { ...device, reached_at: at } : device));
  saved.set(me.id, { ...before, devices, email_reached_at: channel === "email" ? at : before.email_reached_at });
}

/** The code that every number is sent. */
export const CODE = "482913";

/** Has the stack send no SMS. */
export function switchSmsOff(me: FakePerson): void {
  saved.set(me.id, { ...notificationSettingsOf(me), sends_sms: false });
}

/** Sends a code to a number. */
export function sendCode(me: FakePerson, { number }: { number: string }): NonNullable<NotificationSettings["phone_code"]> {
  const code = { number: number.replace(/[^+0-9]/g, ""), ends_at: new Date(Date.now() + 600_000).toISOString(), guesses_left: 5 };
  saved.set(me.id, { ...notificationSettingsOf(me), phone_code: code });
  return code;
}

/** Confirms the number that a code was sent to. */
export function confirmPhone(me: FakePerson, { code }: { code: string }): NotificationSettings["phone"] {
  const before = notificationSettingsOf(me);
  if (!before.phone_code) throw new Refusal(409, "invalid_state", "No code is valid any more. Request a new one.");
  if (code !== CODE) throw new Refusal(422, "invalid_request", "This is not the code. You can try 4 more times.");
  const at = new Date().toISOString();
  const phone = { number: before.phone_code.number, confirmed_at: at, reached_at: at };
  saved.set(me.id, { ...before, phone, phone_code: null });
  return phone;
}

/** Removes the number. */
export function removePhone(me: FakePerson): void {
  saved.set(me.id, { ...notificationSettingsOf(me), phone: null, phone_code: null });
}
