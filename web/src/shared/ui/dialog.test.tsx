import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";

import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { Dialog } from "./dialog";

/** Two dialogs, of which the one that is opened later comes first in the page. */
function Page() {
  const [opened, setOpened] = useState<"none" | "lower" | "both">("none");
  return (
    <>
      <button onClick={() => setOpened("lower")}>Open</button>
      <Dialog opened={opened === "both"} onClose={() => setOpened("lower")} title="Above">
        <button>Inside</button>
      </Dialog>
      <Dialog opened={opened !== "none"} onClose={() => setOpened("none")} title="Below">
        <button onClick={() => setOpened("both")}>Open another</button>
      </Dialog>
    </>
  );
}

const isOpen = (name: string) => screen.queryByRole("dialog", { name }) !== null;

test("Esc closes one dialog after the other, the one that was opened last first", async () => {
  const { user } = renderWithProviders(<Page />);
  await user.click(screen.getByRole("button", { name: "Open" }));
  await user.click(await screen.findByRole("button", { name: "Open another" }));
  await screen.findByRole("button", { name: "Inside" });

  await user.keyboard("{Escape}");
  await waitFor(() => expect(isOpen("Above")).toBe(false));

  expect(isOpen("Below")).toBe(true);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(isOpen("Below")).toBe(false));
});
