import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { Shell } from "./shell";

const fake = setUpFakeApi();

test("Ctrl+K opens the palette also when it is pressed before the palette has loaded", async () => {
  fake.server.use(http.post("*/live/tokens", () => HttpResponse.json({ code: "not_found" }, { status: 404 })));
  const { user } = renderWithProviders(
    <Routes>
      <Route path="/" element={<Shell />}>
        <Route index element={<h1>Escalations</h1>} />
      </Route>
    </Routes>,
    { as: people.sam },
  );
  await screen.findByRole("heading", { name: "Escalations" });

  await user.keyboard("{Control>}k{/Control}");

  expect(await screen.findByLabelText("Type a command or a session", {}, { timeout: 10_000 })).toBeInTheDocument();
});
