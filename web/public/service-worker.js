// Shows push messages and leads to what they are about. It serves no requests and keeps nothing of the app.

const SHOWN = "/api/deliveries/shown";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(messageIn(event))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? "/"));
});

/** The message, or words that hold without one: a browser that gets a push has to show something. */
function messageIn(event) {
  try {
    return { ...event.data.json() };
  } catch {
    return {};
  }
}

/** Shows the message in place of an earlier one about the same case, and says that it was shown. */
async function show({ title = "Something waits in FlowPilot", body = "", waiting_since, tag = "", path, silent = false, token }) {
  if (silent && (await isNothingToReplace(tag))) return;
  const since = waiting_since ? new Date(waiting_since) : null;
  const clock = since?.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  await self.registration.showNotification(title, {
    body: [body, clock && `Waiting since ${clock}`].filter(Boolean).join(" · "),
    tag,
    renotify: tag !== "" && !silent,
    silent,
    icon: "/favicon.svg",
    data: { path },
    ...(since && { timestamp: since.getTime() }),
  });
  if (token) await saidShown(token);
}

/**
 * Whether the earlier message was closed, as by the claim in this very browser. Browsers let a message pass unseen only
 * while the page is in view.
 */
async function isNothingToReplace(tag) {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return tabs.some((one) => one.visibilityState === "visible") && (await self.registration.getNotifications({ tag })).length === 0;
}

/** Nothing depends on it, and nobody could do anything about its failure. */
async function saidShown(token) {
  const headers = { "content-type": "application/json" };
  await fetch(SHOWN, { method: "POST", headers, body: JSON.stringify({ token }), keepalive: true }).catch(() => null);
}

/** Shows the path in a tab of the page that is open, the one in use first, or in a new one. */
async function open(path) {
  const target = new URL(path, self.location.origin);
  const address = target.origin === self.location.origin ? target : new URL("/", self.location.origin);
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const tab = tabs.find((one) => one.focused) ?? tabs.find((one) => one.visibilityState === "visible") ?? tabs[0];
  if (!tab) return self.clients.openWindow(address.href);
  await tab.focus();
  tab.postMessage({ type: "open", path: address.pathname + address.search });
}
