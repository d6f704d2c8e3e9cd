import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { UserManager } from "oidc-client-ts";
import { afterEach, expect, test, vi } from "vitest";

import { keepKnownDevice, readKnownDevice } from "@/features/notifications/push/known-device";
import { idempotencyKey } from "@/shared/api/idempotency-key";
import { SignInProvider } from "@/shared/api/sign-in-context";

import { useSignOut } from "./use-sign-out";

const steps: string[] = [];
const endSubscription = vi.fn<() => Promise<boolean>>();

function installPush(): void {
  const registration = { pushManager: { getSubscription: () => Promise.resolve({ unsubscribe: endSubscription }) } };
  vi.stubGlobal("PushManager", vi.fn());
  vi.stubGlobal("Notification", vi.fn());
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: { getRegistration: () => Promise.resolve(registration) },
  });
}

afterEach(() => {
  steps.length = 0;
  localStorage.clear();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

function SignOut() {
  return <button onClick={useSignOut()}>Sign out</button>;
}

async function signOut(): Promise<void> {
  const manager = new UserManager({ authority: "https://id.example", client_id: "page", redirect_uri: "/" });
  vi.spyOn(manager, "signoutRedirect").mockImplementation(() => Promise.resolve(void steps.push("signed out")));
  render(
    <SignInProvider value={{ manager, claims: {} }}>
      <SignOut />
    </SignInProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Sign out" }));
  await vi.waitFor(() => expect(steps).toContain("signed out"));
}

test("ends the push messages of this browser before signing out", async () => {
  installPush();
  endSubscription.mockImplementation(() => Promise.resolve(steps.push("unsubscribed") > 0));
  keepKnownDevice({ person: "sam", device: "d1" });

  await signOut();

  expect(steps).toEqual(["unsubscribed", "signed out"]);
  expect(readKnownDevice()).toBeNull();
});

test("leaves nothing of what was sent without an answer", async () => {
  idempotencyKey("message.s1", { text: "The password is Sommer-2024!" });

  await signOut();

  expect(Object.values(sessionStorage).join()).not.toContain("Sommer");
});

test("signs out when the subscription cannot be ended, and leaves it to the next person's page", async () => {
  installPush();
  endSubscription.mockRejectedValue(new Error("offline"));
  keepKnownDevice({ person: "sam", device: "d1" });

  await signOut();

  expect(readKnownDevice()).toEqual({ person: "sam", device: "d1" });
});

test("signs out at once where the browser gets no push messages", async () => {
  installPush();
  endSubscription.mockReset();

  await signOut();

  expect(endSubscription).not.toHaveBeenCalled();
});
