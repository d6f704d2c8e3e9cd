import { SegmentedControl, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { type NewChannel, useAddChannel } from "@/features/channels/api/mutations";
import { CHANNEL_KINDS } from "@/features/channels/channel-kinds";
import { newSigningSecret } from "@/features/channels/signing-secret";
import type { ChannelKind } from "@/shared/api/types";
import type { Omission } from "@/shared/drafts/kept-form";
import { useFormDraft, type Version } from "@/shared/drafts/use-form-draft";
import { confirm } from "@/shared/ui/confirmation-store";
import { CopyButton } from "@/shared/ui/copy-button";
import { Dialog } from "@/shared/ui/dialog";
import { DialogButtons } from "@/shared/ui/dialog-buttons";
import form from "@/shared/ui/form.module.css";
import { KeptNote } from "@/shared/ui/kept-note";

/** A secret of null is the one that was made with the form. */
type Draft = Omit<NewChannel, "id" | "secret"> & { secret: string | null };

const BLANK: Version<Draft> = { version: null, draft: { kind: "slack", name: "", url: "", secret: null } };

const readDraft = ({ kind }: Draft) => CHANNEL_KINDS[kind].label;

/** An address is a secret too: who has it may write to the channel. */
const withoutSecrets = (draft: Draft): Omission<Draft> => ({
  draft: { ...draft, url: "", secret: null },
  omitted: draft.url === "" ? [] : ["address"],
});

/** The dialog in which an admin adds a channel. Its address, and a webhook's secret, are never shown again. */
export function AddChannel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Add a channel">
      <AddChannelForm onClose={onClose} />
    </Dialog>
  );
}

function AddChannelForm({ onClose }: { onClose: () => void }) {
  const [made] = useState(() => ({ id: crypto.randomUUID(), secret: newSigningSecret() }));
  const { id, draft, change, omitted, discard } = useFormDraft({ id: made.id, name: "channel.new", saved: BLANK, omit: withoutSecrets, read: readDraft });
  const secret = draft.secret ?? made.secret;
  const addMutation = useAddChannel(() => {
    confirm("The channel is added. Send it a test message.");
    onClose();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    addMutation.mutate({ ...draft, id, secret });
  };
  const { address } = CHANNEL_KINDS[draft.kind];

  return (
    <form onSubmit={submit} className={form.form} autoComplete="off">
      <KeptNote omitted={omitted} onDiscard={discard} />
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
            description={`${omitted && draft.secret === null ? "A new one, as secrets are not kept. " : ""}Give it to the receiver, which verifies messages with it. It is not shown again.`}
            value={secret}
            onChange={(event) => change({ secret: event.currentTarget.value })}
            required
          />
          <CopyButton text={secret} label="Copy the secret" />
        </div>
      )}
      <DialogButtons label="Add" onCancel={onClose} submission={addMutation} />
    </form>
  );
}
