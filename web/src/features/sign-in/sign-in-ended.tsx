import { useSyncExternalStore } from "react";

import { useSignIn } from "@/shared/api/sign-in-context";
import { lazyPart } from "@/shared/ui/lazy-part";

import type { TokenSource } from "./credentials";
import { redirectToSignIn } from "./sign-in-redirect";

const SignInPrompt = lazyPart(async () => (await import("./sign-in-prompt")).SignInPrompt);

/** Asks to sign in again over the page when the sign-in has ended. */
export function SignInEnded({ tokens }: { tokens: TokenSource }) {
  const ended = useSyncExternalStore(tokens.subscribe, tokens.hasEnded);
  const { manager } = useSignIn();
  return <SignInPrompt opened={ended} onClose={() => undefined} onSignIn={() => void redirectToSignIn(manager)} />;
}
