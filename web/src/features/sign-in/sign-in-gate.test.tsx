import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { UserManager } from "oidc-client-ts";
import { AuthProvider } from "react-oidc-context";
import { afterEach, expect, test, vi } from "vitest";

import { TokenSource } from "./credentials";
import { forgetSignIn, mayAskProvider, rememberSignIn } from "./known-browser";
import { SignInGate } from "./sign-in-gate";

afterEach(() => sessionStorage.clear());

function openTab() {
  const manager = new UserManager({ authority: "https://id.example", client_id: "page", redirect_uri: "/" });
  const signIn = vi.spyOn(manager, "signinRedirect").mockReturnValue(new Promise(() => undefined));
  vi.spyOn(manager, "getUser").mockResolvedValue(null);
  render(
    <MantineProvider>
      <AuthProvider userManager={manager}>
        <SignInGate tokens={new TokenSource(manager)}>The work</SignInGate>
      </AuthProvider>
    </MantineProvider>,
  );
  return signIn;
}

test("a new tab signs in by itself where somebody has signed in before", async () => {
  rememberSignIn();

  const signIn = openTab();

  await vi.waitFor(() => expect(signIn).toHaveBeenCalledOnce());
  expect(screen.queryByRole("button", { name: "Sign in" })).toBeNull();
});

test("a tab that came back without a sign-in asks the person", async () => {
  rememberSignIn();
  sessionStorage.setItem("flowpilot.asked", "1");

  const signIn = openTab();

  expect(await screen.findByRole("button", { name: "Sign in" })).toBeInTheDocument();
  expect(signIn).not.toHaveBeenCalled();
});

test("after signing out nothing goes to the provider by itself", async () => {
  rememberSignIn();
  forgetSignIn();

  const signIn = openTab();

  expect(await screen.findByRole("button", { name: "Sign in" })).toBeInTheDocument();
  expect([signIn.mock.calls.length, mayAskProvider()]).toEqual([0, false]);
});
