import { forgetKnownDevice, readKnownDevice } from "./known-device";
import { isPushSupported } from "./push-support";
import { WORKER } from "./worker";

/** The person has not allowed notifications; the browser asks only once. */
export class NotAllowed extends Error {
  constructor() {
    super("This browser does not allow notifications for FlowPilot. Allow them in its settings for this site.");
  }
}

/** The parts of a subscription that the API takes. */
export interface Subscribed {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** Asks for permission, installs the service worker and subscribes with the public key of the API. Throws NotAllowed. */
export async function subscribe(publicKey: string): Promise<Subscribed> {
  if ((await Notification.requestPermission()) !== "granted") throw new NotAllowed();
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && !isFor(before, publicKey)) await before.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) });
  const { endpoint, keys } = made.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new Error("The browser made a subscription without keys.");
  return { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } };
}

/** Ends this browser's subscription, if there is one. When that fails, the device stays known, so that it can be tried again. */
export async function unsubscribe(): Promise<void> {
  const subscription = await currentSubscription();
  await subscription?.unsubscribe();
  forgetKnownDevice();
}

/** Ends the subscription of somebody else who used this browser before, so that their messages are not shown here. */
export async function endOthersSubscription(me: string): Promise<void> {
  const known = readKnownDevice();
  if (known && known.person !== me) await unsubscribe();
}

/** Whether this browser is subscribed with this public key. */
export async function isSubscribed(publicKey: string): Promise<boolean> {
  const subscription = await currentSubscription();
  return subscription !== null && isFor(subscription, publicKey);
}

async function currentSubscription(): Promise<PushSubscription | null> {
  if (!isPushSupported()) return null;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

function isFor(subscription: PushSubscription, publicKey: string): boolean {
  const key = subscription.options.applicationServerKey;
  return key === null || String(new Uint8Array(key)) === String(bytesOf(publicKey));
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
