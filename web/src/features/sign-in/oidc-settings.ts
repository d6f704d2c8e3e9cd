import { type UserManagerSettings, WebStorageStateStore } from "oidc-client-ts";

import type { PageConfig } from "./page-config";

/** Where a person was when they had to sign in, so that they come back there. */
export interface SignInState {
  returnTo: string;
}

/** Authorization code flow with PKCE. Tokens live as long as the tab. */
export function oidcSettings(config: PageConfig): UserManagerSettings {
  return {
    authority: config.authority,
    client_id: config.client_id,
    ...(config.metadata && { metadata: config.metadata }),
    redirect_uri: `${window.location.origin}/`,
    post_logout_redirect_uri: `${window.location.origin}/`,
    scope: "openid email profile",
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    // With a refresh token only; the policy of this page allows no frames for the silent flow.
    automaticSilentRenew: true,
    // The token itself says who is signed in; there is no further endpoint to ask.
    loadUserInfo: false,
    monitorSession: false,
  };
}

/** Takes the code out of the address, and out of the history, before the router reads it. */
export function returnToWork(state: unknown): void {
  window.history.replaceState(null, "", safePath((state as SignInState | undefined)?.returnTo));
}

/** Only ever a path of this page, whatever the state was made to say. */
export function safePath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : "/";
}

export const whereIAm = (): SignInState => ({
  returnTo: window.location.pathname + window.location.search + window.location.hash,
});
