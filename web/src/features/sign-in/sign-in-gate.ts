import type { User, UserManager } from "oidc-client-ts";

import type { TokenSource } from "./credentials";
import { markAsked, mayAskProvider, rememberSignIn } from "./known-browser";
import { returnToWork, whereIAm } from "./oidc-settings";
import { showSignInPage } from "./sign-in-page";

/**
 * Returns who is signed in. For everybody else it shows the sign-in page and returns null. A new tab of a browser that
 * somebody has signed in with goes to the provider by itself, once: where that still knows the person, no page of a sign-in
 * is shown.
 */
export async function passSignInGate(manager: UserManager, tokens: TokenSource, root: HTMLElement): Promise<User | null> {
  const error = await completeSignIn(manager);
  await tokens.resume();
  const user = await manager.getUser();
  if (user) {
    rememberSignIn();
    return user;
  }
  const ask = () =>
    manager.signinRedirect({ state: whereIAm() }).catch((cause: unknown) => showSignInPage(root, asError(cause), () => void ask()));
  if (error === null && mayAskProvider()) {
    markAsked();
    await ask();
  } else showSignInPage(root, error, () => void ask());
  return null;
}

/** Whether this tab is probably signed in, so that the page can be loaded before that is known. */
export function isProbablySignedIn(): boolean {
  return comesFromProvider() || Object.keys(sessionStorage).some((name) => name.startsWith("oidc.user:"));
}

/** Exchanges the code in the address, if there is one, and removes it. Returns what went wrong. */
async function completeSignIn(manager: UserManager): Promise<Error | null> {
  if (!comesFromProvider()) return null;
  try {
    const user = await manager.signinCallback();
    returnToWork(user?.state);
    return null;
  } catch (cause) {
    returnToWork(undefined);
    return asError(cause);
  }
}

function comesFromProvider(): boolean {
  const asked = new URLSearchParams(window.location.search);
  return asked.has("state") && (asked.has("code") || asked.has("error"));
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error("unknown error"));
