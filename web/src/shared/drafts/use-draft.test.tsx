import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { clearDrafts, useDraft } from "./use-draft";

setUpFakeApi();

const BLANK = { text: "" };

function Field({ name }: { name: string }) {
  const [draft, setDraft, clear] = useDraft(name, BLANK);
  return (
    <>
      <input aria-label="text" value={draft.text} onChange={(event) => setDraft({ text: event.currentTarget.value })} />
      <button onClick={clear}>Sent</button>
    </>
  );
}

test("a draft survives a reload", async () => {
  const before = renderWithProviders(<Field name="a" />);
  await before.user.type(await screen.findByLabelText("text"), "half a thought");
  before.unmount();

  renderWithProviders(<Field name="a" />);

  expect(await screen.findByLabelText("text")).toHaveValue("half a thought");
});

test("a draft is gone once it was sent", async () => {
  const before = renderWithProviders(<Field name="a" />);
  await before.user.type(await screen.findByLabelText("text"), "said");
  await before.user.click(screen.getByRole("button", { name: "Sent" }));
  before.unmount();

  renderWithProviders(<Field name="a" />);

  expect(await screen.findByLabelText("text")).toHaveValue("");
});

test("a draft is not shown to another person in the same browser", async () => {
  const before = renderWithProviders(<Field name="a" />, { as: people.sam });
  await before.user.type(await screen.findByLabelText("text"), "mine");
  before.unmount();

  renderWithProviders(<Field name="a" />, { as: people.alex });

  expect(await screen.findByLabelText("text")).toHaveValue("");
});

test.each(["{not json", '{"text":7}', "[7]", '"text"', "null"])("an unreadable draft is replaced by an empty one: %s", async (text) => {
  localStorage.setItem(`flowpilot.draft.${people.sam.id}.a`, text);

  renderWithProviders(<Field name="a" />);

  expect(await screen.findByLabelText("text")).toHaveValue("");
});

test("signing out removes all drafts", async () => {
  const { user } = renderWithProviders(<Field name="a" />);
  await user.type(await screen.findByLabelText("text"), "a secret");

  act(() => clearDrafts());

  expect(screen.getByLabelText("text")).toHaveValue("");
  expect(Object.keys(localStorage)).toEqual([]);
});
