import { SegmentedControl, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { type NewChannel, useAddChannel } from "@/features/channels/api/mutations";
import { CHANNEL_KINDS } from "@/features/channels/channel-kinds";
import { newSigningSecret } from "@/features/channels/signing-secret";
import type { ChannelKind } from "@/shared/api/types";
import { confirm } from "@/shared/ui/confirmation-store";
import { CopyButton } from "@/shared/ui/copy-button";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";

const blank = (): NewChannel => ({ id: crypto.randomUUID(), kind: "slack", name: "", url: "", secret: newSigningSecret() });

/** The dialog in which an admin adds a channel. Its address, and a webhook's secret, are never shown again. */
export function AddChannel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Add a channel">
      <AddChannelForm onClose={onClose} />
    </Dialog>
  );
}

function AddChannelForm({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(blank);
  const addMutation = useAddChannel(() => {
    confirm("The channel is added. Send it a test message.");
    onClose();
  });
  const change = (part: Partial<NewChannel>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    addMutation.mutate(draft);
  };
  const { address } = CHANNEL_KINDS[draft.kind];

  return (
    <form onSubmit={submit} className={form.form} autoComplete="off">
      <SegmentedControl
        aria-label="Kind"
        value={draft.kind}
        onChange={(kind) => change({ kind: kind as ChannelKind })}
        data={Object.entries(CHANNEL_KINDS).map(([value, { label }]) => ({ value, label }))}
      />
      <TextInput label="Name" value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} required />
      <TextInput
        label="Address"
        description={address}
        value={draft.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
        required
      />
      {draft.kind === "webhook" && (
        <div>
          <TextInput
            label="Signing secret"
            description="Give it to the receiver, which verifies messages with it. It is not shown again."
            value={draft.secret}
            onChange={(event) => change({ secret: event.currentTarget.value })}
            required
          />
          <CopyButton text={draft.secret} label="Copy the secret" />
        </div>
      )}
      <DialogButtons label="Add" onCancel={onClose} submission={addMutation} />
    </form>
  );
}
