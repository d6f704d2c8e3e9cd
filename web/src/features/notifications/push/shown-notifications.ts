import { isPushSupported } from "./push-support";
import { WORKER } from "./worker";

/** Closes this browser's push messages about a handoff. Nothing depends on it, so failures are ignored. */
export async function closeShownNotifications(handoffId: string): Promise<void> {
  if (!isPushSupported()) return;
  try {
    const registration = await navigator.serviceWorker.getRegistration(WORKER);
    const shown = await registration?.getNotifications({ tag: handoffId });
    shown?.forEach((notification) => notification.close());
  } catch {
    // The browser forbids service workers here, as in some private windows: then it shows none of them either.
  }
}
