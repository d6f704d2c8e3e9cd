import type { Handoff } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";

import { WaitForm } from "./wait-form";

interface Props {
  handoff: Handoff;
  opened: boolean;
  onClose: () => void;
}

/** Lets the holder say what they wait for before the clock asks. */
export function WaitDialog({ handoff, opened, onClose }: Props) {
  const done = () => {
    confirm("Saved.");
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="Waiting until…">
      {opened && (
        <WaitForm handoff={handoff} onDone={done}>
          <p>
            You are not asked whether you are still on it until then. An answer of the customer or a change of the ticket ends
            the wait.
          </p>
        </WaitForm>
      )}
    </Dialog>
  );
}
