import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { assessment } from "@fake/assessments";
import { type FakePerson, people } from "@fake/people";
import { keys } from "@/shared/api/keys";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { PickupScreen } from "./pickup-screen";

const fake = setUpFakeApi();

function escalate(summary = "VPN drops at Ghent") {
  const { api } = fake;
  const about = { problem_summary: summary, psa_ticket_id: "48213", problem_domain: "Network" };
  const session = api.openSession(people.jane, about);
  api.addStep(session.id, people.jane, { action: "Pinged the gateway", result: "narrowed", finding: "no loss", evidence: "observed", epoch: 1 });
  api.addStep(session.id, people.jane, { action: "New profile", result: "no_effect", finding: null, evidence: "reported", epoch: 1 });
  return api.handOff(session.id, people.jane, {
    intent: "escalate",
    priority: "urgent",
    engineer_notes: "I suspect the firmware.",
  });
}

function arrive(sessionId: string, as: FakePerson = people.sam) {
  const onStarted = vi.fn();
  const onDismiss = vi.fn();
  const screenOf = (
    <PickupScreen
      sessionId={sessionId}
      opened
      queueAddress="/"
      onStarted={onStarted}
      onUndone={onDismiss}
      onDismiss={onDismiss}
      instead={<a href="/">Next one</a>}
    />
  );
  const view = renderWithProviders(screenOf, { as, at: `/pilot/${sessionId}?pickup=true` });
  return { ...view, onStarted, onDismiss };
}

const startHere = () => screen.findByRole("button", { name: "Start here" });

const heading = () => screen.getByRole("heading", { level: 1 });
/** Lets the time pass in which keys of the screen before are ignored. */
const settle = () => waitFor(() => expect(performance.now() - shownAt).toBeGreaterThan(600));
let shownAt = 0;

async function showOffer(): Promise<void> {
  await startHere();
  shownAt = performance.now();
}

test("the pickup screen shows the problem, steps and sender, with the focus on the heading", async () => {
  const handoff = escalate();

  arrive(handoff.session_id);

  await startHere();
  expect(heading()).toHaveFocus();
  const dialog = screen.getByRole("dialog", { name: "VPN drops at Ghent" });
  for (const text of ["Urgent", "2 steps", "I suspect the firmware.", "Pinged the gateway", "no loss", "Narrowed it down", "No effect", "reported"]) {
    expect(within(dialog).getByText(text)).toBeInTheDocument();
  }
});

test("the pickup screen shows a placeholder while it loads", () => {
  fake.server.use(http.get("*/handoffs", () => delay("infinite")));

  arrive("somewhere");

  return waitFor(() => expect(screen.getByRole("heading", { name: "Loading the handoff" })).toBeInTheDocument());
});

test("Start here claims the handoff and opens the session", async () => {
  const handoff = escalate();
  const { user, onStarted } = arrive(handoff.session_id);

  await user.click(await startHere());

  await waitFor(() => expect(onStarted).toHaveBeenCalledOnce());
  expect(fake.api.handoffs.get(handoff.id)?.claimed_by?.name).toBe("Sam Rivera");
});

test("the loser of a race sees who won, when, and what to do", async () => {
  const handoff = escalate();
  const { user, onStarted } = arrive(handoff.session_id);
  const button = await startHere();
  fake.api.claim(handoff.session_id, handoff.id, people.alex);

  await user.click(button);

  expect(await screen.findByText(/picked this up/)).toHaveTextContent("Alex Lindqvist picked this up just now");
  expect(screen.getByRole("link", { name: "Next one" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Start here" })).toBeNull();
  expect(onStarted).not.toHaveBeenCalled();
});

test("a handoff that the winner releases is offered to the loser again", async () => {
  const handoff = escalate();
  const { user, queries, onStarted } = arrive(handoff.session_id);
  const button = await startHere();
  fake.api.claim(handoff.session_id, handoff.id, people.alex);
  await user.click(button);
  await screen.findByText(/picked this up/);

  fake.api.release(handoff.session_id, handoff.id, people.alex, "Not my field.");
  await queries.invalidateQueries({ queryKey: keys.handoffs(handoff.session_id) });

  const again = await startHere();
  expect(screen.queryByText(/picked this up/)).toBeNull();
  await user.click(again);
  await waitFor(() => expect(onStarted).toHaveBeenCalledOnce());
});

test("Esc leaves the pickup screen and claims nothing", async () => {
  const handoff = escalate();
  const { user, onDismiss } = arrive(handoff.session_id);
  await startHere();

  await user.keyboard("{Escape}");

  expect(onDismiss).toHaveBeenCalledOnce();
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("unclaimed");
});

test.each([
  ["S", "s"],
  ["Ctrl+Enter", "{Control>}{Enter}{/Control}"],
])("%s claims the handoff once it has been shown for a moment", async (_name, keys) => {
  const handoff = escalate();
  const { user, onStarted } = arrive(handoff.session_id);
  await showOffer();
  await settle();

  await user.keyboard(keys);

  await waitFor(() => expect(onStarted).toHaveBeenCalledOnce());
  expect(fake.api.handoffs.get(handoff.id)?.claimed_by?.name).toBe("Sam Rivera");
});

test.each(["s", "{Control>}{Enter}{/Control}", "{Enter}", " "])("the key %j claims nothing right after opening", async (keys) => {
  const handoff = escalate();
  const { user, onStarted } = arrive(handoff.session_id);
  await showOffer();

  await user.keyboard(keys);

  await settle();
  expect(onStarted).not.toHaveBeenCalled();
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("unclaimed");
});

test.each(["{Enter}", " ", "{PageDown}"])("the key %j on the heading claims nothing at any time", async (keys) => {
  const handoff = escalate();
  const { user, onStarted } = arrive(handoff.session_id);
  await showOffer();
  await settle();

  await user.keyboard(keys);

  expect(onStarted).not.toHaveBeenCalled();
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("unclaimed");
});

test("a key that was down before the screen opened claims nothing", async () => {
  const handoff = escalate();
  const { onStarted } = arrive(handoff.session_id);
  await showOffer();
  await settle();

  fireEvent.keyDown(heading(), { key: "s", repeat: true });

  expect(onStarted).not.toHaveBeenCalled();
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("unclaimed");
});

test("the second click of a double click claims nothing", async () => {
  const handoff = escalate();
  arrive(handoff.session_id);
  await showOffer();

  fireEvent.click(await startHere(), { detail: 2 });

  await settle();
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("unclaimed");
});

test("the assessment appears when the handoff is loaded again", async () => {
  const handoff = escalate();
  const { queries } = arrive(handoff.session_id);
  expect(await screen.findByText(/will appear here by itself/)).toBeInTheDocument();

  fake.api.assess(handoff.id, assessment({ likely_cause: "Firmware 7.4.3", confidence_score: 0.5 }));
  await queries.invalidateQueries({ queryKey: keys.handoffs(handoff.session_id) });

  expect(await screen.findByText("Firmware 7.4.3")).toBeInTheDocument();
  expect(screen.getByText("Medium confidence · 50%")).toBeInTheDocument();
  expect(screen.getByText("Rehearsal model, not a real AI")).toBeInTheDocument();
  expect(heading()).toHaveFocus();
});

test("an assessment of a real model has no rehearsal label", async () => {
  const handoff = escalate();
  fake.api.assess(handoff.id, assessment({ model: "claude-sonnet-5-5" }));

  arrive(handoff.session_id);

  expect(await screen.findByText("Likely cause")).toBeInTheDocument();
  expect(screen.queryByText(/Rehearsal/)).toBeNull();
});

test("advice links to the steps of its evidence and omits steps that are absent", async () => {
  const handoff = escalate();
  const step = { text: "Roll back", why: "", evidence: [2, 99], already_tried: true };
  fake.api.assess(handoff.id, assessment({ suggested_steps: [step] }));
  const { user } = arrive(handoff.session_id);

  await user.click(await screen.findByRole("link", { name: "step 2" }));

  expect(screen.getByText("New profile").closest("li")).toHaveFocus();
  expect(screen.getByText("Already tried")).toBeInTheDocument();
  expect(screen.getAllByRole("link", { name: /^step/ })).toHaveLength(1);
});

test("an inconclusive assessment is labeled", async () => {
  const handoff = escalate();
  fake.api.assess(handoff.id, assessment({ likely_cause: null, inconclusive: true }));

  arrive(handoff.session_id);

  expect(await screen.findByRole("heading", { name: "Inconclusive" })).toBeInTheDocument();
});

test("a missing assessment shows its reason and can be requested again", async () => {
  const handoff = escalate();
  fake.api.assess(handoff.id, { error: "overloaded" });
  const { user } = arrive(handoff.session_id);
  expect(await screen.findByText(/overloaded just now/)).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Ask again" }));

  expect(await screen.findByText(/will appear here by itself/)).toBeInTheDocument();
});

test("the sender sees the same context and can take the session back", async () => {
  const handoff = escalate();
  const { user, onStarted } = arrive(handoff.session_id, people.jane);

  await user.click(await screen.findByRole("button", { name: "Take back…" }));
  await user.click(await screen.findByRole("button", { name: "Take back" }));

  await waitFor(() => expect(onStarted).toHaveBeenCalledOnce());
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("withdrawn");
});

test("an engineer can read an escalation but not claim it", async () => {
  const handoff = escalate();

  arrive(handoff.session_id, people.joe);

  expect(await screen.findByText(/picking it up needs another role/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Start here" })).toBeNull();
});

test("a withdrawn handoff shows who took it back", async () => {
  const handoff = escalate();
  fake.api.withdraw(handoff.session_id, handoff.id, people.jane);

  arrive(handoff.session_id);

  expect(await screen.findByText(/took this back/)).toHaveTextContent("Jane Cooper took this back just now");
});

test.each([
  ["absent", "no-such-session", people.sam],
  ["another account's", null, people.hank],
])("a handoff that is %s is not found", async (_case, id, as) => {
  const handoff = escalate();

  arrive(id ?? handoff.session_id, as);

  expect(await screen.findByText("This handoff can't be found")).toBeInTheDocument();
  expect(screen.queryByText("VPN drops at Ghent")).toBeNull();
});

test("a claim whose response is lost is retried and succeeds once", async () => {
  const handoff = escalate();
  let tries = 0;
  fake.server.use(
    http.post("*/claim", () => {
      tries += 1;
      if (tries > 1) return undefined;
      fake.api.claim(handoff.session_id, handoff.id, people.sam);
      return HttpResponse.error();
    }),
  );
  const { user, onStarted } = arrive(handoff.session_id);

  await user.click(await startHere());

  await waitFor(() => expect(onStarted).toHaveBeenCalledOnce(), { timeout: 3000 });
  expect(fake.api.sessions.get(handoff.session_id)?.epoch).toBe(3);
});

test.each([
  [429, "too_many_requests", "Too many requests just now"],
  [500, "internal", "Something broke on our side"],
])("a claim refused with %i shows advice and keeps the button", async (status, code, title) => {
  const handoff = escalate();
  const refuse = () =>
    HttpResponse.json({ code, detail: "No.", status }, { status, headers: { "Retry-After": "3600" } });
  fake.server.use(http.post("*/claim", refuse));
  const { user } = arrive(handoff.session_id);

  await user.click(await startHere());

  expect(await screen.findByText(title)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Start here" })).toBeEnabled();
});
