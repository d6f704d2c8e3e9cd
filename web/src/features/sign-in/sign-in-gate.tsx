import type { ReactNode } from "react";
import { useAuth } from "react-oidc-context";

import type { TokenSource } from "./credentials";
import { whereIAm } from "./oidc-settings";
import { SignInEnded } from "./sign-in-ended";
import { SignInPage } from "./sign-in-page";

interface Props {
  tokens: TokenSource;
  children: ReactNode;
}

/** Shows the pages to signed-in people. When a sign-in expires, the page stays and a prompt is shown over it. */
export function SignInGate({ tokens, children }: Props) {
  const auth = useAuth();
  const signIn = () => void auth.signinRedirect({ state: whereIAm() });

  if (auth.isLoading && auth.activeNavigator !== "signinSilent") return null;
  if (!auth.user) return <SignInPage error={auth.error} onSignIn={signIn} />;
  return (
    <>
      {children}
      <SignInEnded tokens={tokens} onSignIn={signIn} />
    </>
  );
}
