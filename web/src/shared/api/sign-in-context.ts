import type { UserManager } from "oidc-client-ts";
import { createContext, useContext } from "react";

/** The client of the identity provider, and what it says of the signed-in person. */
export interface SignIn {
  manager: UserManager;
  /** Those of the ID token. */
  claims: object;
}

const SignInContext = createContext<SignIn | null>(null);

export const SignInProvider = SignInContext.Provider;

export function useSignIn(): SignIn {
  const signIn = useContext(SignInContext);
  if (signIn === null) throw new Error("No SignInProvider is above this component.");
  return signIn;
}
