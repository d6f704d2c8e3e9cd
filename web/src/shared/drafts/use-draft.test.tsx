import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { useDraft } from "./use-draft";

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

test("what was typed is there again after a reload", async () => {
  const before = renderWithProviders(<Field name="a" />);
  await before.user.type(await screen.findByLabelText("text"), "half a thought");
  before.unmount();

  renderWithProviders(<Field name="a" />);

  expect(await screen.findByLabelText("text")).toHaveValue("half a thought");
});

test("what was sent is gone", async () => {
  const before = renderWithProviders(<Field name="a" />);
  await before.user.type(await screen.findByLabelText("text"), "said");
  await before.user.click(screen.getByRole("button", { name: "Sent" }));
  before.unmount();

  renderWithProviders(<Field name="a" />);

  expect(await screen.findByLabelText("text")).toHaveValue("");
});

test("nobody sees the draft of somebody else at the same desk", async () => {
  const before = renderWithProviders(<Field name="a" />, { as: people.sam });
  await before.user.type(await screen.findByLabelText("text"), "mine");
  before.unmount();

  renderWithProviders(<Field name="a" />, { as: people.alex });

  expect(await screen.findByLabelText("text")).toHaveValue("");
});

test("a draft that cannot be read is an empty one", async () => {
  localStorage.setItem(`flowpilot.draft.${people.sam.id}.a`, "{not json");

  renderWithProviders(<Field name="a" />);

  expect(await screen.findByLabelText("text")).toHaveValue("");
});
