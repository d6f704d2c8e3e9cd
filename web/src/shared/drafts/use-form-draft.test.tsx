import { act, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { leaveByReload } from "@/shared/testing/reload-page";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { clearDrafts } from "./use-draft";
import { useFormDraft } from "./use-form-draft";

setUpFakeApi();

interface Draft {
  text: string;
  secret: string;
}

let saved = { version: 1, draft: { text: "as it was", secret: "" } };
beforeEach(() => {
  saved = { version: 1, draft: { text: "as it was", secret: "" } };
});

const omit = (draft: Draft) => ({ draft: { ...draft, secret: "" }, omitted: draft.secret ? ["secret"] : [] });
const read = ({ text }: Draft) => text.trim();

function Form({ id = "first" }) {
  const form = useFormDraft<Draft>({ id, name: "settings", saved, omit, read });
  return (
    <>
      <input aria-label="text" value={form.draft.text} onChange={(event) => form.change({ text: event.currentTarget.value })} />
      <input aria-label="secret" value={form.draft.secret} onChange={(event) => form.change({ secret: event.currentTarget.value })} />
      <button onClick={() => form.begin({ version: 2, draft: form.draft })}>Saved</button>
      <output aria-label="state">{JSON.stringify({ id: form.id, from: form.start.version, newer: form.newer?.version, omitted: form.omitted })}</output>
    </>
  );
}

const show = (as: FakePerson = people.olga, id?: string) => renderWithProviders(<Form {...(id && { id })} />, { as });
const text = () => screen.findByLabelText("text");
const state = () => JSON.parse(screen.getByLabelText("state").textContent) as object;
const stored = () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]);

async function type(as?: FakePerson) {
  const view = show(as);
  await view.user.type(await text(), ", and more");
  return view;
}

test("what was typed is there again after a reload, with the version that it was made from and its id", async () => {
  leaveByReload(await type());
  saved = { version: 2, draft: { text: "theirs", secret: "" } };

  show(people.olga, "another");

  expect(await text()).toHaveValue("as it was, and more");
  expect(state()).toEqual({ id: "first", from: 1, newer: 2, omitted: [] });
});

test("a secret is not stored, and named", async () => {
  const view = await type();
  await view.user.type(screen.getByLabelText("secret"), "s3cret");
  expect(stored()).not.toContain("s3cret");
  leaveByReload(view);

  const again = show();

  expect(await text()).toHaveValue("as it was, and more");
  expect(screen.getByLabelText("secret")).toHaveValue("");
  expect(state()).toMatchObject({ omitted: ["secret"] });
  await again.user.type(await text(), "!");
  leaveByReload(again);
  show();
  await text();
  expect(state()).toMatchObject({ omitted: ["secret"] });
});

test("it is not shown to another person", async () => {
  leaveByReload(await type());

  show(people.alex);

  expect(await text()).toHaveValue("as it was");
});

test("it is not shown to the same person in another account", async () => {
  leaveByReload(await type());
  const [slot] = Object.keys(localStorage);
  const ofAnother = slot!.replace(`.${people.olga.accountId}.`, ".globex.");
  localStorage.setItem(ofAnother, localStorage.getItem(slot!)!);
  localStorage.removeItem(slot!);

  show();

  expect(ofAnother).not.toBe(slot);
  expect(await text()).toHaveValue("as it was");
});

test("it is forgotten once it is saved", async () => {
  const view = await type();
  await view.user.click(screen.getByRole("button", { name: "Saved" }));

  expect(stored()).not.toContain("and more");
});

test("it is forgotten when the page is left by its links", async () => {
  const view = await type();
  expect(stored()).toContain("and more");

  view.unmount();

  expect(stored()).not.toContain("and more");
});

test("it is forgotten when it is taken back", async () => {
  const view = await type();

  await view.user.type(await text(), "{Backspace>10/}");

  expect(await text()).toHaveValue("as it was");
  expect(stored()).not.toContain("as it was");
});

test("signing out forgets it", async () => {
  await type();

  act(() => clearDrafts());

  expect(stored()).not.toContain("and more");
});

test.each(["{not json", "{}", JSON.stringify({ base: { text: 1 }, draft: { text: 1 }, omitted: [] })])("what cannot be read is left out: %s", async (kept) => {
  leaveByReload(await type());
  const [slot] = Object.keys(localStorage);
  localStorage.setItem(slot!, kept);

  show();

  expect(await text()).toHaveValue("as it was");
});
