import { useSyncExternalStore } from "react";

import { lazyPart } from "@/shared/ui/lazy-part";

import type { TokenSource } from "./credentials";
import { whereIAm } from "./oidc-settings";
import { useSignIn } from "@/shared/api/sign-in-context";

const SignInPrompt = lazyPart(async () => (await import("./sign-in-prompt")).SignInPrompt);

/** Asks to sign in again over the page when the sign-in has ended. */
export function SignInEnded({ tokens }: { tokens: TokenSource }) {
  const ended = useSyncExternalStore(tokens.subscribe, tokens.hasEnded);
  const { manager } = useSignIn();
  const signIn = () => void manager.signinRedirect({ state: whereIAm() });
  return <SignInPrompt opened={ended} onClose={() => undefined} onSignIn={signIn} />;
}
