import { type ReactNode, useEffect } from "react";
import { useAuth } from "react-oidc-context";

import type { TokenSource } from "./credentials";
import { markAsked, mayAskProvider, rememberSignIn } from "./known-browser";
import { whereIAm } from "./oidc-settings";
import { SignInEnded } from "./sign-in-ended";
import { SignInPage } from "./sign-in-page";

interface Props {
  tokens: TokenSource;
  children: ReactNode;
}

/**
 * Shows the pages to signed-in people. A new tab of a browser that somebody has signed in with goes to the provider by
 * itself, once: where that still knows the person, no page of a sign-in is shown. When a sign-in expires, the page stays and a prompt is shown over it.
 */
export function SignInGate({ tokens, children }: Props) {
  const auth = useAuth();
  const signIn = () => void auth.signinRedirect({ state: whereIAm() });
  const asks = !auth.isLoading && !auth.user && !auth.error && mayAskProvider();
  const isSignedIn = Boolean(auth.user);

  useEffect(() => {
    if (isSignedIn) rememberSignIn();
  }, [isSignedIn]);
  useEffect(() => {
    if (!asks || !mayAskProvider()) return;
    markAsked();
    void auth.signinRedirect({ state: whereIAm() });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for a tab, whatever else changes
  }, [asks]);

  if (auth.isLoading && auth.activeNavigator !== "signinSilent") return null;
  if (asks) return null;
  if (!auth.user) return <SignInPage error={auth.error} onSignIn={signIn} />;
  return (
    <>
      {children}
      <SignInEnded tokens={tokens} onSignIn={signIn} />
    </>
  );
}
