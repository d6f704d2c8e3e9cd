import { screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { people } from "@fake/people";
import type { Handoff } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";
import { usePageTitle } from "./use-page-title";

const fake = setUpFakeApi();
const closed = vi.fn<(tag: string) => void>();

beforeEach(() => {
  document.head.innerHTML = '<link rel="icon" href="/favicon.svg">';
  closed.mockReset();
  const getNotifications = ({ tag }: { tag: string }) => Promise.resolve([{ close: () => closed(tag) }]);
  const value = { getRegistration: () => Promise.resolve({ getNotifications }) };
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value });
  vi.stubGlobal("PushManager", vi.fn());
  vi.stubGlobal("Notification", vi.fn());
});
afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
  vi.unstubAllGlobals();
});

function escalate(): Handoff {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  return fake.api.handOff(session.id, people.jane, { intent: "escalate", priority: "high" });
}

function Titled() {
  usePageTitle("Escalations");
  return null;
}

const icon = () => decodeURIComponent(document.querySelector('link[rel="icon"]')?.getAttribute("href") ?? "");

test("title and icon of the tab say how many notifications wait, until the page is left", async () => {
  escalate();
  escalate();

  const { unmount } = renderWithProviders(<Titled />, { as: people.sam, at: "/" });

  await waitFor(() => expect(document.title).toBe("(2) Escalations · FlowPilot"));
  expect(icon()).toContain(">2</text>");
  unmount();
  expect(icon()).toBe("/favicon.svg");
});

test("a claim in the tab closes what this browser shows of the handoff", async () => {
  const { id, session_id } = escalate();
  const page = (
    <Routes>
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>
  );
  const { user } = renderWithProviders(page, { as: people.sam, at: `/pilot/${session_id}?pickup=true` });
  const start = await screen.findByRole("button", { name: "Start here" });
  expect(closed).not.toHaveBeenCalled();

  await user.click(start);

  await waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith(id));
});
