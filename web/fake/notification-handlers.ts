import type { HttpHandler } from "msw";

import type { Call } from "./handlers.ts";
import {
  addDevice,
  confirmArrival,
  confirmPhone,
  notificationSettingsOf,
  pageMe,
  pageState,
  removeDevice,
  removePhone,
  saveNotificationSettings,
  sendCode,
} from "./notification-settings.ts";
import { readiness } from "./readiness.ts";

type Route = (path: string, answer: (call: Call) => unknown, status?: number) => HttpHandler;

/** The routes of notification settings, devices, phones and test messages, as `handlersFor` makes them. */
export function notificationHandlers({ get, post, put, remove }: Record<"get" | "post" | "put" | "remove", Route>): HttpHandler[] {
  return [
    get("/me/notifications", ({ me }) => notificationSettingsOf(me)),
    put("/me/notifications", async ({ me, body }) => saveNotificationSettings(me, (await body()) as Parameters<typeof saveNotificationSettings>[1])),
    post("/me/devices", async ({ me, body }) => addDevice(me, (await body()) as { name: string; endpoint: string }), 201),
    post("/me/page", ({ me }) => pageMe(me), 201),
    get("/me/page/:page", ({ me }) => pageState(me)),
    post("/me/page/arrived", async ({ me, body }) => confirmArrival(me, (await body()) as { channel: string }), 204),
    post("/me/phone", async ({ me, body }) => sendCode(me, (await body()) as { number: string }), 201),
    post("/me/phone/confirm", async ({ me, body }) => confirmPhone(me, (await body()) as { code: string })),
    remove("/me/phone", ({ me }) => removePhone(me)),
    get("/readiness", () => readiness()),
    remove("/me/devices/:device", ({ me, device }) => removeDevice(me, device)),
  ];
}
