import { screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { people } from "@fake/people";
import type { HandoffDelivery } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { toldLines } from "./told-lines";
import { ToldSection } from "./told-section";

const fake = setUpFakeApi();
afterEach(() => fake.server.events.removeAllListeners());
const at = (minute: number) => new Date(2026, 10, 23, 9, minute).toISOString();
const clock = (minute: number) => new Date(at(minute)).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function delivery(changes: Partial<HandoffDelivery>): HandoffDelivery {
  return {
    id: "h.e",
    event_id: "e",
    event_type: "handoff_created",
    title: null,
    recipient: { id: "sam", name: "Sam", device: null },
    kind: "email",
    state: "accepted",
    attempts: 1,
    detail: null,
    next_try_at: null,
    accepted_at: at(1),
    instead_of: null,
    shown_at: null,
    opened_at: null,
    created_at: at(0),
    updated_at: at(1),
    ...changes,
  };
}

const phone = { id: "sam", name: "Sam", device: "Phone" };

test("one line for each person says what is known of each kind, and no more", () => {
  const lines = toldLines([
    delivery({ kind: "push", recipient: phone, state: "opened", shown_at: at(1), opened_at: at(2) }),
    delivery({ recipient: { id: "alex", name: "Alex", device: null } }),
    delivery({ kind: "sms", recipient: { id: "alex", name: "Alex", device: null }, instead_of: "push", accepted_at: at(3) }),
    delivery({ kind: "slack", recipient: { id: "ops", name: "Ops", device: null }, state: "failed", accepted_at: null, detail: "It is switched off." }),
    delivery({ kind: "push", recipient: { id: "olga", name: "Olga", device: "Desk" }, state: "unknown", accepted_at: null }),
  ]);

  expect(lines.map(({ recipient, parts }) => [recipient, ...parts].join(" · "))).toEqual([
    `Sam · push (Phone) shown ${clock(1)} · opened ${clock(2)}`,
    `Alex · e-mail accepted ${clock(1)} · SMS in place of push accepted ${clock(3)}`,
    `Ops · Slack failed ${clock(1)}: It is switched off.`,
    "Olga · push (Desk) unknown",
  ]);
});

test("of two messages of one kind the newest counts", () => {
  const [line] = toldLines([delivery({ state: "failed", accepted_at: null }), delivery({ accepted_at: at(5) })]);

  expect(line?.parts).toEqual([`e-mail accepted ${clock(5)}`]);
});

test("a message that was not needed does not hide what was sent before it, and shows where there is nothing else", () => {
  const skipped = { state: "skipped", accepted_at: null, updated_at: at(5), detail: "They were told of it a moment before." } as const;
  const lines = toldLines([
    delivery({}),
    delivery(skipped),
    delivery({ recipient: { id: "alex", name: "Alex", device: null }, ...skipped }),
  ]);

  expect(lines.map(({ parts }) => parts)).toEqual([
    [`e-mail accepted ${clock(1)}`],
    [`e-mail skipped ${clock(5)}: They were told of it a moment before.`],
  ]);
});

test("an e-mail that came back has failed, and what was sent in place of it says so", () => {
  const sam = { id: "sam", name: "Sam", device: null };
  const [line] = toldLines([
    delivery({ recipient: sam, state: "failed", detail: "It came back: there is no such mailbox." }),
    delivery({ kind: "push", recipient: phone, instead_of: "email" }),
  ]);

  expect(line?.parts).toEqual([
    `e-mail failed ${clock(1)}: It came back: there is no such mailbox.`,
    `push (Phone) in place of e-mail accepted ${clock(1)}`,
  ]);
});

test("a message that is gathered with others says that it waits", () => {
  const [line] = toldLines([delivery({ state: "gathered", accepted_at: null })]);

  expect(line?.parts).toEqual(["e-mail waits to go out with others"]);
});

test("who was told is asked for only when it is opened", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.channels.deliveriesOf.set(handoff.id, [delivery({ recipient: { id: "alex", name: "<b>Alex</b>", device: null } })]);
  const requests: string[] = [];
  fake.server.events.on("request:start", ({ request }) => void requests.push(new URL(request.url).pathname));
  const { user } = renderWithProviders(<ToldSection handoff={handoff} />, { as: people.jane });
  const before = requests.length;

  await user.click(screen.getByText("Who was told"));

  expect(await screen.findByText(`<b>Alex</b> · e-mail accepted ${clock(1)}`)).toBeInTheDocument();
  expect([before, requests.length]).toEqual([0, 1]);
});

test("of many messages the newest are shown first, and earlier ones when they are asked for", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  const newest = Array.from({ length: 100 }, (_, number) => delivery({ accepted_at: at(59 - Math.floor(number / 2)) }));
  const earlier = [delivery({ state: "failed" }), delivery({ recipient: { id: "alex", name: "Alex", device: null } })];
  fake.api.channels.deliveriesOf.set(handoff.id, [...newest, ...earlier]);
  const { user } = renderWithProviders(<ToldSection handoff={handoff} />, { as: people.jane });

  await user.click(screen.getByText("Who was told"));
  const sam = await screen.findByText(`Sam · e-mail accepted ${clock(59)}`);
  await user.click(screen.getByRole("button", { name: "Show earlier" }));

  expect(await screen.findByText(`Alex · e-mail accepted ${clock(1)}`)).toBeInTheDocument();
  expect(sam).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Show earlier" })).not.toBeInTheDocument();
});
