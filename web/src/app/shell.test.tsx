import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { Shell } from "./shell";

const fake = setUpFakeApi();

function visitShell() {
  fake.server.use(http.post("*/live/tokens", () => HttpResponse.json({ code: "not_found" }, { status: 404 })));
  return renderWithProviders(
    <Routes>
      <Route path="/" element={<Shell />}>
        <Route index element={<h1>Escalations</h1>} />
        <Route path="people" element={<h1>People</h1>} />
        <Route path="notifications" element={<h1>Settings</h1>} />
      </Route>
    </Routes>,
    { as: people.sam },
  );
}

test("Ctrl+K opens the palette also when it is pressed before the palette has loaded", async () => {
  const { user } = visitShell();
  await screen.findByRole("heading", { name: "Escalations" });

  await user.keyboard("{Control>}k{/Control}");

  expect(await screen.findByLabelText("Type a command or a session", {}, { timeout: 10_000 })).toBeInTheDocument();
});

async function openDrawer(user: UserEvent) {
  await user.click(await screen.findByRole("button", { name: "Open the sidebar" }));
  return within(await screen.findByRole("dialog", { name: "Sidebar" }, { timeout: 10_000 }));
}

test("a command that is chosen from the sidebar of a small screen leads to a page that nothing covers", async () => {
  const { user } = visitShell();
  const drawer = await openDrawer(user);

  await user.click(drawer.getByRole("button", { name: /Commands/ }));
  await user.click(await screen.findByRole("button", { name: /^People/ }, { timeout: 10_000 }));

  expect(await screen.findByRole("heading", { name: "People" })).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Sidebar" })).toBeNull());
});

test("Esc in the notifications closes them, and not the sidebar of a small screen around them", async () => {
  const { user } = visitShell();
  const drawer = await openDrawer(user);
  await user.click(drawer.getByRole("button", { name: /^Notifications/ }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Notifications" })).toHaveFocus());

  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Notifications" })).toBeNull());
  expect(screen.getByRole("dialog", { name: "Sidebar" })).toBeInTheDocument();
});

test("Ctrl+K opens the palette also from a text field", async () => {
  const { user } = visitShell();
  await user.click(await screen.findByLabelText("Filter sessions"));

  await user.keyboard("{Control>}k{/Control}");

  expect(await screen.findByLabelText("Type a command or a session", {}, { timeout: 10_000 })).toBeInTheDocument();
});

test("a link of the user menu leads to a page that the sidebar of a small screen does not cover", async () => {
  const { user } = visitShell();
  const drawer = await openDrawer(user);
  await user.click(drawer.getByRole("button", { name: /Sam Rivera/ }));

  await user.click(await screen.findByRole("menuitem", { name: "Notifications" }, { timeout: 10_000 }));

  await waitFor(() => expect(screen.getByTestId("address")).toHaveTextContent("/notifications"));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Sidebar" })).toBeNull());
});

test("Esc in the palette above a dialog closes the palette alone", async () => {
  const { user } = visitShell();
  await user.click((await screen.findAllByRole("button", { name: "New" }))[0]!);
  const dialog = await screen.findByRole("dialog", { name: "New session" }, { timeout: 10_000 });
  within(dialog).getByRole("button", { name: "Cancel" }).focus();
  await user.keyboard("{Control>}k{/Control}");
  await waitFor(() => expect(screen.getByLabelText("Type a command or a session")).toHaveFocus(), { timeout: 10_000 });

  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByLabelText("Type a command or a session")).toBeNull());
  expect(screen.getByRole("dialog", { name: "New session" })).toBeInTheDocument();
});
