import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { UserManager } from "oidc-client-ts";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test, vi } from "vitest";

import { SignInProvider } from "@/shared/api/sign-in-context";
import { Problem } from "@/shared/api/problem";

import { BrokenPage } from "./broken-page";

function showFailure(problem: Problem) {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const manager = new UserManager({ authority: "https://id.example", client_id: "page", redirect_uri: "/" });
  const claims = { sub: "1", "cognito:groups": ["Seniors", "vpn"] };
  const Fails = () => {
    throw problem;
  };
  const router = createMemoryRouter([{ path: "/", Component: Fails, ErrorBoundary: BrokenPage }]);
  render(
    <MantineProvider env="test" withCssVariables={false}>
      <SignInProvider value={{ manager, claims }}>
        <RouterProvider router={router} />
      </SignInProvider>
    </MantineProvider>,
  );
}

const NO_ROLE = "Your sign-in has none of the roles viewer, engineer, senior or admin. Ask your administrator.";

test("a person without a role reads which groups were found and can sign out", async () => {
  showFailure(new Problem({ code: "forbidden", status: 403, detail: NO_ROLE }));

  expect(await screen.findByText("You have no role in FlowPilot")).toBeInTheDocument();
  expect(await screen.findByText("“Seniors”, “vpn”")).toBeInTheDocument();
  expect(screen.getByText(/is not one of them: the names are in lower case/)).toHaveTextContent("“Seniors”");
  expect(screen.getByRole("button", { name: "Sign out" })).toBeInTheDocument();
});

test("a person who was removed reads that, and can sign out to sign in again", async () => {
  showFailure(new Problem({ code: "removed", status: 403, detail: "An administrator removed you from FlowPilot." }));

  expect(await screen.findByText("You were removed from FlowPilot")).toBeInTheDocument();
  expect(screen.getByText(/sign out and sign in again/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Sign out" })).toBeInTheDocument();
});
