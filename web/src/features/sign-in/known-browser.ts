import { inBrowser, inTab } from "@/shared/stored-text";

/** Remembers that somebody has signed in with this browser and not signed out: the identity provider may still know them. */
const KNOWN = "flowpilot.signed-in";
/** Set in this tab once it has gone to the provider by itself, so that a refusal does not send it there again. */
const ASKED = "flowpilot.asked";

export function rememberSignIn(): void {
  inBrowser.keep(KNOWN, "1");
  inTab.remove(ASKED);
}

export function forgetSignIn(): void {
  inBrowser.remove(KNOWN);
}

/** Whether a tab without a sign-in may go to the provider without being asked to: once, in a browser that is known. */
export function mayAskProvider(): boolean {
  return inBrowser.read(KNOWN) !== null && inTab.read(ASKED) === null;
}

export function markAsked(): void {
  inTab.keep(ASKED, "1");
}
