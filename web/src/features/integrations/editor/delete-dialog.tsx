import { Button } from "@mantine/core";

import { useDeleteIntegration } from "@/features/integrations/api/mutations";
import type { Integration } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { Dialog } from "@/shared/ui/dialog";
import form from "@/shared/ui/form.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

interface Props {
  integration: Integration;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Confirms the deletion of an integration. */
export function DeleteDialog({ integration, opened, onClose, onDeleted }: Props) {
  const deleteMutation = useDeleteIntegration(() => {
    confirm("The integration is deleted.");
    onDeleted();
  });
  return (
    <Dialog opened={opened} onClose={onClose} title="Delete the integration">
      <div className={form.form}>
        <p>
          <strong>
            <UserText>{integration.name}</UserText>
          </strong>{" "}
          and its secrets are deleted for good. Its tickets get no more notes, and FlowPilot no longer follows their changes.
          Sessions and handoffs stay.
        </p>
        {deleteMutation.isError && <ProblemNote error={deleteMutation.error} />}
        <div className={form.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            variant="outline"
            color="red"
            loading={deleteMutation.isPending}
            onClick={() => deleteMutation.mutate(integration.id)}
          >
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
