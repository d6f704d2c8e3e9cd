import { onlineManager } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function visit(sessionId: string) {
  const page = (
    <Routes>
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>
  );
  return renderWithProviders(page, { as: people.jane, at: `/pilot/${sessionId}` });
}

const openSession = () => fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
const message = () => screen.findByRole("textbox", { name: "Message to the assistant" });
const turns = () => screen.findByRole("list", { name: "Conversation and steps" });

/** Does what a change of the session's draft in another tab does here. */
function inAnotherTab(sessionId: string, change: object) {
  const slot = `flowpilot.draft.${people.jane.id}.session.${sessionId}`;
  localStorage.setItem(slot, JSON.stringify({ ...(JSON.parse(localStorage.getItem(slot) ?? "{}") as object), ...change }));
  act(() => void window.dispatchEvent(new StorageEvent("storage", { key: slot })));
}

function holdAnswers() {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  fake.server.use(http.post("*/messages", () => held.then(() => undefined)));
  return () => answer();
}

test("the next message can be typed while the assistant answers, and is kept", async () => {
  const session = openSession();
  const answer = holdAnswers();
  const { user } = visit(session.id);

  await user.type(await message(), "The first{Enter}");
  expect(await screen.findByText(/Sending…/)).toBeInTheDocument();
  await user.type(await message(), "The second{Enter}");

  expect(await message()).toHaveValue("The second");
  answer();
  await waitFor(() => expect(screen.queryByText(/Sending…/)).toBeNull());
  expect(within(await turns()).getByText("The first")).toBeInTheDocument();
  expect(await message()).toHaveValue("The second");
  expect(fake.api.turns.get(session.id)).toHaveLength(1);
});

test("a message that could not be sent comes back before what was typed meanwhile", async () => {
  let fail: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (fail = resolve));
  fake.server.use(http.post("*/messages", () => held.then(() => HttpResponse.error())));
  const { user } = visit(openSession().id);
  await user.type(await message(), "The first{Enter}");
  await user.type(await message(), "The second");

  fail();

  await waitFor(async () => expect(await message()).toHaveValue("The first\n\nThe second"));
});

test("a message that was being sent when the page was loaded again comes back into the field", async () => {
  const session = openSession();
  holdAnswers();
  const before = visit(session.id);
  await before.user.type(await message(), "On its way{Enter}");
  await screen.findByText(/Sending…/);
  before.unmount();

  visit(session.id);

  await waitFor(async () => expect(await message()).toHaveValue("On its way"));
});

test("a message that is written offline waits, and is sent when the browser is online", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await message();
  act(() => onlineManager.setOnline(false));

  await user.type(await message(), "Said in the basement{Enter}");
  expect(await screen.findByText(/Waiting to send: you are offline/)).toBeInTheDocument();
  expect(fake.api.turns.get(session.id)).toEqual([]);
  act(() => onlineManager.setOnline(true));

  await waitFor(() => expect(fake.api.turns.get(session.id)).toMatchObject([{ text: "Said in the basement" }]));
  await waitFor(() => expect(screen.queryByText(/Waiting to send/)).toBeNull());
});

test("a message without an answer can be asked again", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await user.type(await message(), "Why?{Enter}");
  await user.type(await message(), "Half a thought");

  await user.click(await screen.findByRole("button", { name: "Ask again" }));

  await waitFor(() => expect(fake.api.turns.get(session.id)).toMatchObject([{ text: "Why?" }, { text: "Why?" }]));
  expect(await message()).toHaveValue("Half a thought");
});

test("the form says that the AI is off before anything is written, and offers no second try", async () => {
  const session = openSession();
  session.is_ai_on = false;
  const { user } = visit(session.id);

  expect(await screen.findByText(/AI is off for this case. Messages are kept in the session/)).toBeInTheDocument();
  await user.type(await message(), "Anybody?{Enter}");

  expect(await within(await turns()).findByText("Anybody?")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Ask again" })).toBeNull();
  expect(fake.api.turns.get(session.id)).toHaveLength(1);
});

test("a reply refused as off says so although the page did not know yet", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await message();
  fake.api.sessions.get(session.id)!.is_ai_on = false;

  await user.type(await message(), "Anybody?{Enter}");

  expect(await screen.findByText(/AI is off for this case/)).toBeInTheDocument();
});

test("a message is sent also where the tab's storage is full", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  const field = await message();
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

  await user.type(field, "Is it plugged in?{Enter}");

  await waitFor(() => expect(fake.api.turns.get(session.id)).toMatchObject([{ text: "Is it plugged in?" }]));
  await waitFor(() => expect(screen.queryByText(/Sending…/)).toBeNull());
  expect(await message()).toHaveValue("");
});

test("a message that another tab took back into the field leaves it once it is stored", async () => {
  const session = openSession();
  const answer = holdAnswers();
  const { user } = visit(session.id);
  await user.type(await message(), "The first{Enter}");
  await screen.findByText(/Sending…/);
  inAnotherTab(session.id, { text: "The first\n\nHalf a thought", outgoing: "" });
  expect(await message()).toHaveValue("The first\n\nHalf a thought");

  answer();

  await waitFor(async () => expect(await message()).toHaveValue("Half a thought"));
  expect(fake.api.turns.get(session.id)).toMatchObject([{ text: "The first" }]);
});

test("an open session shows what is typed into it in another tab, and adds to it", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await message();

  inAnotherTab(session.id, { text: "A long thought" });
  await user.type(await message(), "!");

  expect(await message()).toHaveValue("A long thought!");
});
