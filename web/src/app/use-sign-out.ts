import { useAuth } from "react-oidc-context";

/** Ends the session here and at the provider. Cognito's logout wants `client_id` and `logout_uri` besides the standard's. */
export function useSignOut(): () => void {
  const auth = useAuth();
  return () => {
    const home = `${window.location.origin}/`;
    const extraQueryParams = { client_id: auth.settings.client_id, logout_uri: home };
    auth.signoutRedirect({ extraQueryParams }).catch(() => {
      // A provider without a logout page: forgetting the tokens is all that can be done.
      void auth.removeUser();
    });
  };
}
