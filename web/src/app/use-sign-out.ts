import { useAuth } from "react-oidc-context";

/** Signs out here and at the provider. Cognito's logout requires `client_id` and `logout_uri`, which OIDC does not have. */
export function useSignOut(): () => void {
  const auth = useAuth();
  return () => {
    const home = `${window.location.origin}/`;
    const extraQueryParams = { client_id: auth.settings.client_id, logout_uri: home };
    auth.signoutRedirect({ extraQueryParams }).catch(() => {
      // The provider has no logout page, so only the tokens are removed.
      void auth.removeUser();
    });
  };
}
