import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { Dialog } from "@/shared/ui/dialog";

import { SignInPrompt } from "./sign-in-prompt";

const nothing = () => undefined;

function Page({ onClose }: { onClose: () => void }) {
  const [ended, setEnded] = useState(false);
  return (
    <>
      <Dialog opened onClose={onClose} title="Edit session">
        <button onClick={() => setEnded(true)}>Save</button>
      </Dialog>
      <SignInPrompt opened={ended} onClose={nothing} onSignIn={nothing} />
    </>
  );
}

test("Esc closes no dialog below the question to sign in again", async () => {
  const onClose = vi.fn();
  const { user } = renderWithProviders(<Page onClose={onClose} />);
  await user.click(await screen.findByRole("button", { name: "Save" }));
  await screen.findByRole("button", { name: "Sign in again" });

  await user.keyboard("{Escape}");

  expect(onClose).not.toHaveBeenCalled();
});
