import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { Dialog } from "@/shared/ui/dialog";

import { PickupScreen } from "./pickup-screen";

const fake = setUpFakeApi();
const nothing = () => undefined;

function DialogAbove({ onClose }: { onClose: () => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpened(true)}>
        Open
      </button>
      <Dialog opened={opened} onClose={onClose} title="Above">
        <button type="button">Inside</button>
      </Dialog>
    </>
  );
}

/** Shows the offer of a handoff for long enough that its keys would start it, and then a dialog above. */
async function arriveBelowDialog() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  const onDismiss = vi.fn();
  const onClose = vi.fn();
  const view = renderWithProviders(
    <>
      <PickupScreen
        sessionId={session.id}
        opened
        queueAddress="/"
        onStarted={nothing}
        onUndone={nothing}
        onDismiss={onDismiss}
        instead={null}
      />
      <DialogAbove onClose={onClose} />
    </>,
    { as: people.sam, at: `/pilot/${session.id}?pickup=true` },
  );
  await screen.findByRole("button", { name: "Start here" });
  const shownAt = performance.now();
  await waitFor(() => expect(performance.now() - shownAt).toBeGreaterThan(600));
  await view.user.click(screen.getByRole("button", { name: "Open" }));
  await screen.findByRole("button", { name: "Inside" });
  return { ...view, handoff, onDismiss, onClose };
}

test.each(["s", "{Control>}{Enter}{/Control}"])("the key %j in a dialog above the offer claims nothing", async (keys) => {
  const { user, handoff } = await arriveBelowDialog();
  screen.getByRole("button", { name: "Inside" }).focus();

  await user.keyboard(keys);

  expect(screen.queryByRole("button", { name: "Start here" })).not.toHaveAttribute("data-loading");
  expect(fake.api.handoffs.get(handoff.id)?.status).toBe("unclaimed");
});

test("Esc closes a dialog that opens above, and not the pickup screen, which has the focus still", async () => {
  const { onDismiss, onClose } = await arriveBelowDialog();

  fireEvent.keyDown(screen.getByRole("heading", { level: 1 }), { key: "Escape" });

  expect(onClose).toHaveBeenCalledOnce();
  expect(onDismiss).not.toHaveBeenCalled();
});
