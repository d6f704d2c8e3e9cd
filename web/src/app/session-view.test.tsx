import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { Link, Route, Routes, useNavigate } from "react-router";
import { expect, test } from "vitest";

import { assessment } from "@fake/assessments";
import { type FakePerson, people } from "@fake/people";
import { keys } from "@/shared/api/keys";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function visit(sessionId: string, as: FakePerson = people.jane, query = "") {
  return renderWithProviders(
    <>
      <Link to="/">Elsewhere</Link>
      <Link to={`/pilot/${sessionId}`}>Back</Link>
      <BrowserBack />
      <Routes>
        <Route path="/pilot/:id" element={<SessionPage />} />
        <Route path="/" element={<p>The queue</p>} />
      </Routes>
    </>,
    { as, at: `/pilot/${sessionId}${query}` },
  );
}

function BrowserBack() {
  const navigate = useNavigate();
  return <button onClick={() => void navigate(-1)}>Browser back</button>;
}

const openSession = () => fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });

function escalate() {
  const session = openSession();
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", priority: "high" });
  return { session, handoff };
}

const message = () => screen.findByRole("textbox", { name: "Message to the assistant" });
const turns = () => screen.findByRole("list", { name: "Conversation and steps" });

test("Enter sends a message, which is shown with a note that the assistant could not answer", async () => {
  const { user } = visit(openSession().id);

  await user.type(await message(), "It started today.{Enter}");

  expect(await within(await turns()).findByText("It started today.")).toBeInTheDocument();
  expect(await screen.findByText(/could not answer just now. Your message is kept/)).toBeInTheDocument();
  expect(await message()).toHaveValue("");
});

test("a message whose response arrives on another page does not stay in the field", async () => {
  const session = openSession();
  let answer: () => void = () => undefined;
  const slowly = new Promise<void>((resolve) => (answer = resolve));
  fake.server.use(http.post("*/messages", () => slowly.then(() => undefined)));
  const { user } = visit(session.id);
  await user.type(await message(), "Say it once{Enter}");

  await user.click(screen.getByRole("link", { name: "Elsewhere" }));
  await user.click(screen.getByRole("link", { name: "Back" }));
  await message();
  answer();

  await waitFor(async () => expect(await message()).toHaveValue(""));
  await waitFor(() => expect(fake.api.turns.get(session.id)).toHaveLength(1));
});

test("Back closes the dialog that is open and stays in the session", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await user.click(await screen.findByRole("button", { name: "Hand off" }));
  await screen.findByRole("dialog");

  await user.click(screen.getByText("Browser back"));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByTestId("address")).toHaveTextContent(`/pilot/${session.id}`);
});

test("Shift+Enter inserts a line break", async () => {
  const { user } = visit(openSession().id);

  await user.type(await message(), "one{Shift>}{Enter}{/Shift}two");

  expect(await message()).toHaveValue("one\ntwo");
});

test("a step is recorded with its result, finding and evidence", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await message();

  await user.click(screen.getByRole("radio", { name: "Record a step" }));
  await user.type(screen.getByRole("textbox", { name: "What you tried" }), "Pinged the gateway");
  expect(screen.getByRole("button", { name: "Add step" })).toBeDisabled();
  await user.click(screen.getByRole("radio", { name: "No effect" }));
  await user.type(screen.getByRole("textbox", { name: "What you saw" }), "no loss in 30 minutes");
  await user.click(screen.getByRole("radio", { name: "I was told" }));
  await user.click(screen.getByRole("button", { name: "Add step" }));

  expect(await within(await turns()).findByText("Pinged the gateway")).toBeInTheDocument();
  expect(fake.api.turns.get(session.id)).toMatchObject([{ result: "no_effect", finding: "no loss in 30 minutes", evidence: "reported" }]);
});

test("a refused message stays in the field, with advice", async () => {
  fake.server.use(
    http.post("*/messages", () => HttpResponse.json({ code: "too_many_requests", detail: "Slow down." }, { status: 429 })),
  );
  const { user } = visit(openSession().id);

  await user.type(await message(), "Do not lose me{Enter}");

  expect(await screen.findByText("Too many requests just now")).toBeInTheDocument();
  expect(await message()).toHaveValue("Do not lose me");
});

test("a draft survives the loss of the session and returns with it", async () => {
  const session = openSession();
  const { user, queries } = visit(session.id);
  await user.type(await message(), "Half a thought");
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });

  await queries.invalidateQueries();

  expect(await screen.findByText(/You had not sent this/)).toBeInTheDocument();
  expect(screen.getByText("Half a thought")).toBeInTheDocument();
  fake.api.withdraw(session.id, handoff.id, people.jane);
  await queries.invalidateQueries();
  expect(await message()).toHaveValue("Half a thought");
});

test("a message to a session that changed hands is kept, and the holder is shown", async () => {
  const session = openSession();
  const { user } = visit(session.id);
  await user.type(await message(), "Too late");
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);

  await user.type(await message(), "{Enter}");

  expect(await screen.findByText(/works on this session now/)).toHaveTextContent("Sam Rivera works on this session now");
  expect(screen.getByText("Too late")).toBeInTheDocument();
});

test("the sender sees that the session waits and can take it back", async () => {
  const { session } = escalate();
  const { user } = visit(session.id);
  expect(await screen.findByText(/Waiting for a senior ·/)).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Take back…" }));
  await user.click(await screen.findByRole("button", { name: "Take back" }));

  expect(await message()).toBeInTheDocument();
});

test('"Start here" removes the query from the address and opens the session', async () => {
  const { session } = escalate();
  const { user } = visit(session.id, people.sam, "?pickup=true");

  await user.click(await screen.findByRole("button", { name: "Start here" }));

  expect(await message()).toBeInTheDocument();
  expect(screen.getByTestId("address")).toHaveTextContent(`/pilot/${session.id}`);
  expect(screen.getByTestId("address")).not.toHaveTextContent("pickup");
  await waitFor(async () => expect(await message()).toHaveFocus());
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("the context can be opened from the session, and Esc closes it", async () => {
  const { session, handoff } = escalate();
  fake.api.claim(session.id, handoff.id, people.sam);
  const { user } = visit(session.id, people.sam);

  await user.click(await screen.findByRole("button", { name: "Context" }));
  expect(await screen.findByRole("dialog", { name: "VPN drops at the Ghent branch" })).toBeInTheDocument();
  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByRole("button", { name: "Context" })).toHaveFocus();
});

test("a session without a handoff has no context", async () => {
  visit(openSession().id);

  await message();

  expect(screen.queryByRole("button", { name: "Context" })).toBeNull();
});

test("a suggested step fills the step form and sends nothing", async () => {
  const { session, handoff } = escalate();
  const step = { text: "Roll the firmware back", why: "", evidence: [], already_tried: false };
  fake.api.assess(handoff.id, assessment({ suggested_steps: [step] }));
  fake.api.claim(session.id, handoff.id, people.sam);
  const { user } = visit(session.id, people.sam);

  await user.click(await screen.findByRole("button", { name: "Roll the firmware back" }));

  const field = await screen.findByRole("textbox", { name: "What you tried" });
  expect(field).toHaveValue("Roll the firmware back");
  expect(field).toHaveFocus();
  expect(fake.api.turns.get(session.id)).toEqual([]);
});

test("the resolve dialog requires a resolution and a verdict on the assessment", async () => {
  const { session, handoff } = escalate();
  fake.api.assess(handoff.id, assessment({}));
  fake.api.claim(session.id, handoff.id, people.sam);
  const { user } = visit(session.id, people.sam);

  await user.click(await screen.findByRole("button", { name: "Resolve" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/What solved it/), "Rolled back");
  expect(within(dialog).getByRole("button", { name: "Resolve" })).toBeDisabled();
  await user.click(within(dialog).getByRole("radio", { name: "It was right" }));
  await user.click(within(dialog).getByRole("button", { name: "Resolve" }));

  expect(await screen.findByText(/This session is resolved/)).toBeInTheDocument();
  expect(fake.api.handoffs.get(handoff.id)).toMatchObject({ status: "resolved", assessment_verdict: { value: "right" } });
});

test("the holder can release the session with a note", async () => {
  const { session, handoff } = escalate();
  fake.api.claim(session.id, handoff.id, people.sam);
  const { user } = visit(session.id, people.sam);

  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: /Return to queue/ }));
  await user.type(await screen.findByLabelText(/Note for the person/), "Needs a network person");
  await user.click(screen.getByRole("button", { name: "Return to queue" }));

  expect(await screen.findByText("The queue")).toBeInTheDocument();
  expect(fake.api.handoffs.get(handoff.id)).toMatchObject({
    status: "unclaimed",
    release_note: "Needs a network person",
  });
});

async function askedWhetherOnIt() {
  const { session, handoff } = escalate();
  fake.api.claim(session.id, handoff.id, people.sam);
  Object.assign(fake.api.handoffs.get(handoff.id)!, { asked_at: new Date().toISOString() });
  const { user } = visit(session.id, people.sam);
  const question = await screen.findByRole("region", { name: "Still on it?" });
  return { user, question, handoff };
}

test("the holder of a quiet claim answers that they keep it", async () => {
  const { user, question } = await askedWhetherOnIt();

  await user.click(within(question).getByRole("button", { name: "Keep" }));

  await waitFor(() => expect(screen.queryByRole("region", { name: "Still on it?" })).toBeNull());
});

test("the holder of a quiet claim says what they wait for", async () => {
  const { user, question, handoff } = await askedWhetherOnIt();

  await user.click(within(question).getByRole("button", { name: "Waiting until…" }));
  await user.type(within(question).getByLabelText(/What you wait for/), "Customer calls back");
  await user.click(within(question).getByRole("button", { name: "Wait" }));

  expect(await screen.findByText(/Waiting until .*[0-9]/)).toBeInTheDocument();
  expect(screen.getByText("Customer calls back")).toBeInTheDocument();
  expect(fake.api.handoffs.get(handoff.id)?.waiting?.reason).toBe("Customer calls back");
});

test("the holder of a quiet claim returns it to the queue", async () => {
  const { user, question } = await askedWhetherOnIt();

  await user.click(within(question).getByRole("button", { name: "Return to queue…" }));

  expect(await screen.findByRole("dialog", { name: "Return to queue" })).toBeInTheDocument();
});

test("the person who parked a session can resume it", async () => {
  const session = openSession();
  fake.api.handOff(session.id, people.jane, { intent: "park" });
  const { user } = visit(session.id);

  await user.click(await screen.findByRole("button", { name: "Resume" }));

  expect(await message()).toBeInTheDocument();
});

test("another person's session that was handed off links to its context", async () => {
  const { session } = escalate();

  visit(session.id, people.sam);

  expect(await screen.findByRole("link", { name: "See the handoff" })).toHaveAttribute(
    "href",
    `/pilot/${session.id}?pickup=true`,
  );
});

test("an absent session is reported as not found", async () => {
  visit("no-such-session");

  expect(await screen.findByText("This session can't be found")).toBeInTheDocument();
});

test("a turn of another holder is shown when the turns are loaded again", async () => {
  const { session, handoff } = escalate();
  fake.api.claim(session.id, handoff.id, people.sam);
  const { queries } = visit(session.id, people.jane);
  await turns();
  fake.api.say(session.id, people.sam, "I am on it.", 3);

  await queries.invalidateQueries({ queryKey: keys.turns(session.id) });

  expect(await within(await turns()).findByText("I am on it.")).toBeInTheDocument();
});
