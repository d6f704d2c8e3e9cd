import { useAuth } from "react-oidc-context";

import { clearDrafts } from "@/shared/drafts/use-draft";

/** Signs out here and at the provider, and removes what was typed and not sent. Cognito's logout requires `client_id` and `logout_uri`, which OIDC does not have. */
export function useSignOut(): () => void {
  const auth = useAuth();
  return () => {
    clearDrafts();
    const home = `${window.location.origin}/`;
    const extraQueryParams = { client_id: auth.settings.client_id, logout_uri: home };
    auth.signoutRedirect({ extraQueryParams }).catch(() => {
      // The provider has no logout page, so only the tokens are removed.
      void auth.removeUser();
    });
  };
}
