import { screen } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { User, UserManager } from "oidc-client-ts";
import { afterEach, expect, test, vi } from "vitest";

import { TokenSource } from "./credentials";
import { forgetSignIn, mayAskProvider, rememberSignIn } from "./known-browser";
import { isProbablySignedIn, passSignInGate } from "./sign-in-gate";

afterEach(() => {
  document.body.replaceChildren();
  window.history.replaceState(null, "", "/");
});

const signedIn = (userState?: object) =>
  new User({
    id_token: "t",
    access_token: "t",
    token_type: "Bearer",
    profile: { sub: "sam", iss: "https://id.example", aud: "page", exp: 0, iat: 0 },
    userState,
  });

function openTab(user: User | null = null) {
  const manager = new UserManager({ authority: "https://id.example", client_id: "page", redirect_uri: "/" });
  const signIn = vi.spyOn(manager, "signinRedirect").mockResolvedValue(undefined);
  const callback = vi.spyOn(manager, "signinCallback");
  vi.spyOn(manager, "getUser").mockResolvedValue(user);
  return { signIn, callback, passed: () => passSignInGate(manager, new TokenSource(manager), document.body) };
}

test("a new tab signs in by itself where somebody has signed in before", async () => {
  rememberSignIn();
  const { signIn, passed } = openTab();

  expect(await passed()).toBeNull();

  expect(signIn).toHaveBeenCalledOnce();
  expect(screen.queryByRole("button", { name: "Sign in" })).toBeNull();
});

test("a tab that came back without a sign-in asks the person", async () => {
  rememberSignIn();
  sessionStorage.setItem("flowpilot.asked", "1");
  const { signIn, passed } = openTab();

  await passed();

  expect(signIn).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Sign in" })).toHaveFocus();
});

test("after signing out nothing goes to the provider by itself", async () => {
  rememberSignIn();
  forgetSignIn();
  const { signIn, passed } = openTab();

  await passed();

  expect([signIn.mock.calls.length, mayAskProvider()]).toEqual([0, false]);
});

test("a person who is signed in passes", async () => {
  const sam = signedIn();

  expect(await openTab(sam).passed()).toBe(sam);

  expect(screen.queryByRole("button")).toBeNull();
});

test("a code of the provider is exchanged, and leads back to the page that was asked for", async () => {
  window.history.replaceState(null, "", "/?code=c&state=s");
  const sam = signedIn({ returnTo: "/pilot/7" });
  const { callback, passed } = openTab(sam);
  callback.mockResolvedValue(sam);

  expect(isProbablySignedIn()).toBe(true);
  expect(await passed()).toBe(sam);

  expect(window.location.pathname + window.location.search).toBe("/pilot/7");
});

test("a code that is refused is said, and is not sent again", async () => {
  window.history.replaceState(null, "", "/?code=c&state=s");
  rememberSignIn();
  const { callback, signIn, passed } = openTab();
  callback.mockRejectedValue(new Error("No matching state found in storage"));

  await passed();

  expect(screen.getByRole("alert")).toHaveTextContent("“No matching state found in storage”");
  expect([window.location.search, signIn.mock.calls.length]).toEqual(["", 0]);
});

test("a provider that cannot be reached is said, and can be asked once more", async () => {
  const { signIn, passed } = openTab();
  await passed();
  signIn.mockRejectedValueOnce(new TypeError("Failed to fetch"));

  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("“Failed to fetch”");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(signIn).toHaveBeenCalledTimes(2);
});

test("a person who is signed in passes also where the browser's storage is full", async () => {
  const sam = signedIn();
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

  expect(await openTab(sam).passed()).toBe(sam);
  forgetSignIn();
});
