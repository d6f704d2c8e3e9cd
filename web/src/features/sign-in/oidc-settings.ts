import { type UserManagerSettings, WebStorageStateStore } from "oidc-client-ts";

import type { PageConfig } from "./page-config";

/** The page to return to after the sign-in. */
export interface SignInState {
  returnTo: string;
}

/** Authorization code flow with PKCE. Tokens are kept until the tab is closed. */
export function oidcSettings(config: PageConfig): UserManagerSettings {
  return {
    authority: config.authority,
    client_id: config.client_id,
    ...(config.metadata && { metadata: config.metadata }),
    redirect_uri: `${window.location.origin}/`,
    post_logout_redirect_uri: `${window.location.origin}/`,
    scope: "openid email profile",
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    // By refresh token only: the content security policy allows no frames.
    automaticSilentRenew: true,
    // The ID token holds all claims that the page uses.
    loadUserInfo: false,
    monitorSession: false,
  };
}

/** Removes the authorization code from the address and the history before the router reads it. */
export function returnToWork(state: unknown): void {
  window.history.replaceState(null, "", safePath((state as SignInState | undefined)?.returnTo));
}

/** Accepts only paths of this origin, against an open redirect by a forged state. */
export function safePath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : "/";
}

export const whereIAm = (): SignInState => ({
  returnTo: window.location.pathname + window.location.search + window.location.hash,
});
