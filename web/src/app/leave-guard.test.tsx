import { MantineProvider } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, Link, RouterProvider } from "react-router";
import { expect, test } from "vitest";

import { redirectToSignIn } from "@/features/sign-in/sign-in-redirect";

import { LeaveGuard } from "./leave-guard";

function visit(isDirty: boolean) {
  const settings = (
    <>
      <LeaveGuard isDirty={isDirty} />
      <Link to="/">Away</Link>
    </>
  );
  const router = createMemoryRouter(
    [
      { path: "/settings", element: settings },
      { path: "/", element: <p>Elsewhere</p> },
    ],
    { initialEntries: ["/settings"] },
  );
  render(
    <MantineProvider env="test" withCssVariables={false}>
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  return userEvent.setup();
}

test("a page without changes is left at once", async () => {
  const user = visit(false);

  await user.click(screen.getByRole("link", { name: "Away" }));

  expect(await screen.findByText("Elsewhere")).toBeInTheDocument();
});

test("a page with changes is kept, or left, as its reader says", async () => {
  const user = visit(true);

  await user.click(screen.getByRole("link", { name: "Away" }));
  await user.click(await screen.findByRole("button", { name: "Stay" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.queryByText("Elsewhere")).toBeNull();
  await user.click(screen.getByRole("link", { name: "Away" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));

  expect(await screen.findByText("Elsewhere")).toBeInTheDocument();
});

test.each([
  [true, true],
  [false, false],
])("with changes: %s, the browser asks before the tab is closed: %s", (isDirty, isAsked) => {
  visit(isDirty);
  const leaving = new Event("beforeunload", { cancelable: true });

  window.dispatchEvent(leaving);

  expect(leaving.defaultPrevented).toBe(isAsked);
});

test("the way to the sign-in, which leads back to what was typed, is not asked about", async () => {
  visit(true);
  const isAsked = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  let fail: (reason: Error) => void = () => undefined;
  const redirect = new Promise<undefined>((_resolve, reject) => (fail = reject));

  const leaving = redirectToSignIn({ signinRedirect: () => redirect });
  expect(isAsked()).toBe(false);
  fail(new Error("The provider cannot be reached."));
  await leaving;

  expect(isAsked()).toBe(true);
});
