import { readFileSync } from "node:fs";

import { screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { parse } from "smol-toml";
import { expect, test } from "vitest";

import { assessment } from "@fake/assessments";
import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";

const TICKETS = "../tests/security/injection/hostile_tickets.toml";
const { ticket: tickets } = parse(readFileSync(TICKETS, "utf-8")) as { ticket: { kind: string; text: string }[] };

const LOADS_OR_RUNS = "img, picture, video, audio, source, iframe, frame, object, embed, script, link, meta, base, form[action]";

const fake = setUpFakeApi();

/** Ten tickets per page, since rendering the page takes most of the time. */
const batches = Array.from({ length: tickets.length / 10 }, (_, at) => tickets.slice(at * 10, at * 10 + 10).map(({ text }) => text));

/** Creates a session with hostile text in every field that a person, the ticket system or the AI writes. */
function hostileCase([first = "", ...others]: string[]) {
  const { api } = fake;
  const session = api.openSession(people.jane, { problem_summary: first, psa_ticket_id: "48213" });
  const texts = [first, ...others];
  for (const text of texts) {
    api.addStep(session.id, people.jane, { action: text, finding: text, result: "no_effect", evidence: "observed", epoch: 1 });
    api.say(session.id, people.jane, text, 1);
    api.reply(session.id, text);
  }
  const handoff = api.handOff(session.id, people.jane, { intent: "escalate", priority: "high", engineer_notes: first });
  const suggested_steps = texts.map((text) => ({ text, why: text, evidence: [1], already_tried: false }));
  const ruled_out = texts.map((cause) => ({ cause, evidence: [1] }));
  api.assess(handoff.id, assessment({ likely_cause: first, ruled_out, suggested_steps }));
  return session.id;
}

function visit(sessionId: string, as: FakePerson, query = "") {
  return renderWithProviders(
    <Routes>
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>,
    { as, at: `/pilot/${sessionId}${query}` },
  );
}

/** Describes all elements of the page that load, run or link to something outside. */
function active(root: ParentNode): string[] {
  const elements = [...root.querySelectorAll("*")];
  const attributes = elements.flatMap((element) => [...element.attributes]);
  return [
    ...[...root.querySelectorAll(LOADS_OR_RUNS)].map((element) => element.tagName),
    ...attributes.filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
    ...attributes
      .filter(({ name, value }) => ["href", "src", "action", "formaction"].includes(name) && !/^[/#]/.test(value))
      .map(({ name, value }) => `${name}=${value}`),
    ...attributes.filter(({ name, value }) => name === "style" && value.includes("url(")).map(({ value }) => value),
  ];
}

/** The first letters that no screen changes, to find the text by. */
const startOf = (text: string) => /[\p{L}\p{N}]{3,}/u.exec(text)?.[0] ?? "";

test("the corpus has sixty hostile tickets", () => {
  expect(batches.flat()).toHaveLength(60);
});

test.each(batches)("the pickup screen shows hostile tickets as text: %s", async (...texts) => {
  visit(hostileCase(texts), people.sam, "?pickup=true");

  expect(await screen.findByText("Likely cause")).toBeInTheDocument();
  for (const text of texts) expect(document.body.textContent).toContain(startOf(text));
  expect(active(document.body)).toEqual([]);
});

test.each(batches)("the conversation shows hostile tickets as text: %s", async (...texts) => {
  visit(hostileCase(texts), people.jane);

  const turns = await screen.findByLabelText("Conversation and steps");
  await waitFor(() => expect(turns.textContent).toContain(startOf(texts.at(-1) ?? "")));
  for (const text of texts) expect(turns.textContent).toContain(startOf(text));
  expect(active(document.body)).toEqual([]);
});

test("the check detects active elements", () => {
  const page = document.createElement("main");
  page.innerHTML = `<img src="https://evil.example/x"><a href="javascript:1" onclick="1">a</a><p style="background:url(x)">b</p>`;

  expect(active(page)).toEqual(["IMG", "onclick", "src=https://evil.example/x", "href=javascript:1", "background:url(x)"]);
});
