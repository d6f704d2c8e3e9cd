import { useDeleteIntegration } from "@/features/integrations/api/mutations";
import type { Integration } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { DeleteDialog } from "@/shared/ui/delete-dialog";

interface Props {
  integration: Integration;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Confirms the deletion of an integration. */
export function DeleteIntegration({ integration, opened, onClose, onDeleted }: Props) {
  const deleteMutation = useDeleteIntegration(() => {
    confirm("The integration is deleted.");
    onDeleted();
  });
  return (
    <DeleteDialog
      opened={opened}
      onClose={onClose}
      title="Delete the integration"
      name={integration.name}
      label="Delete"
      deletion={deleteMutation}
      onDelete={() => deleteMutation.mutate(integration.id)}
    >
      and its secrets are deleted for good. Its tickets get no more notes, and FlowPilot no longer follows their changes.
      Sessions and handoffs stay.
    </DeleteDialog>
  );
}
