import { Modal } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import { type ComponentType, useState } from "react";
import { expect, test } from "vitest";

import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { Confirmation } from "./confirmation";
import { lazyPart } from "./lazy-part";

interface Props {
  opened: boolean;
  onClose: () => void;
}

function Search({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Search" transitionProps={{ duration: 0 }}>
      <input aria-label="Words" data-autofocus />
    </Modal>
  );
}

/** A page with a button that opens a dialog, whose code comes when the test says so. */
function arrange() {
  const answers: { resolve: (code: ComponentType<Props>) => void; reject: (cause: Error) => void }[] = [];
  const Lazy = lazyPart<Props>(() => new Promise((resolve, reject) => answers.push({ resolve, reject })));
  function Page() {
    const [opened, setOpened] = useState(false);
    return (
      <>
        <button onClick={() => setOpened(true)}>Open</button>
        <Lazy opened={opened} onClose={() => setOpened(false)} />
        <Confirmation />
      </>
    );
  }
  const { user } = renderWithProviders(<Page />);
  return { user, answers, button: screen.getByRole("button", { name: "Open" }) };
}

test("code is loaded while nothing else happens", async () => {
  const { answers } = arrange();

  await waitFor(() => expect(answers).toHaveLength(1));
});

test("a dialog opens once its code is there, with what was typed meanwhile", async () => {
  const { user, answers, button } = arrange();
  await user.click(button);
  await user.keyboard("VPM{Backspace}N at");
  await user.keyboard(" {Enter}Ghent");

  answers[0]!.resolve(Search);

  await waitFor(() => expect(screen.getByLabelText("Words")).toHaveFocus());
  expect(screen.getByLabelText("Words")).toHaveValue("VPN at Ghent");
});

test("a dialog that was opened before its code came returns the focus to its button", async () => {
  const { user, answers, button } = arrange();
  await user.click(button);
  answers[0]!.resolve(Search);
  await waitFor(() => expect(screen.getByLabelText("Words")).toHaveFocus());

  await user.keyboard("{Escape}");

  await waitFor(() => expect(button).toHaveFocus());
});

test("Esc gives up a dialog that has not come yet", async () => {
  const { user, answers, button } = arrange();
  await user.click(button);
  await user.keyboard("VPN{Escape}");

  answers[0]!.resolve(Search);
  await user.click(button);

  await waitFor(() => expect(screen.getByLabelText("Words")).toHaveFocus());
  expect(screen.getByLabelText("Words")).toHaveValue("");
});

test("code that cannot be loaded is said with an offer to reload, and is asked for again", async () => {
  const { user, answers, button } = arrange();
  await user.click(button);

  answers[0]!.reject(new TypeError("Failed to fetch dynamically imported module"));

  expect(await screen.findByText(/This part of the page could not be loaded/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Reload" })).toBeInTheDocument();
  await user.click(button);
  await waitFor(() => expect(answers).toHaveLength(2));
});
