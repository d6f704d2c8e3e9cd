import { Button } from "@mantine/core";
import { useState } from "react";

import { type AnyChannel, useDeleteChannel } from "@/features/channels/api/mutations";
import { DeleteDialog } from "@/shared/ui/delete-dialog";

/** Deletes a channel after a confirmation. */
export function DeleteChannel({ channel }: { channel: AnyChannel }) {
  const [isOpen, setOpen] = useState(false);
  const deleteMutation = useDeleteChannel(channel);
  return (
    <>
      <Button variant="subtle" color="red" size="xs" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <DeleteDialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Delete the channel"
        name={channel.name}
        label="Delete it"
        deletion={deleteMutation}
        onDelete={() => deleteMutation.mutate()}
      >
        and its address are deleted for good. Nothing is sent there any more.
      </DeleteDialog>
    </>
  );
}
