import type { UserManager } from "oidc-client-ts";

import { whereIAm } from "./oidc-settings";

let isUnderWay = false;

/** Whether the page is being left to sign in again, which returns to it. */
export const isLeavingToSignIn = (): boolean => isUnderWay;

/** Goes to the provider to sign in again, and from there back to this page. */
export async function redirectToSignIn(manager: Pick<UserManager, "signinRedirect">): Promise<void> {
  isUnderWay = true;
  try {
    await manager.signinRedirect({ state: whereIAm() });
  } catch {
    isUnderWay = false;
  }
}
