import { Textarea, TextInput } from "@mantine/core";

import { PSA_KINDS } from "@/features/integrations/psa-kinds";

import type { FormPart } from "./use-integration-form";

/** The address of the ticket system and the settings of its kind. */
export function IntegrationFields({ form }: { form: FormPart }) {
  const { draft, change, errorAt } = form;
  const { address, settings } = PSA_KINDS[draft.kind];
  return (
    <>
      {address !== null && (
        <TextInput
          label="Address of its API"
          description={`As in ${address}`}
          value={draft.address}
          onChange={(event) => change({ address: event.currentTarget.value })}
          error={errorAt("/base_url")}
          inputMode="url"
          required
        />
      )}
      {settings.map(({ name, label, hint, required = false, isList = false }) => {
        const shared = {
          label,
          description: hint,
          value: draft.settings[name] ?? "",
          error: errorAt(`/settings/${draft.kind}/${name}`),
          required,
        };
        const set = (text: string) => change({ settings: { ...draft.settings, [name]: text } });
        return isList ? (
          <Textarea key={name} {...shared} autosize minRows={2} maxRows={8} onChange={(event) => set(event.currentTarget.value)} />
        ) : (
          <TextInput key={name} {...shared} onChange={(event) => set(event.currentTarget.value)} />
        );
      })}
    </>
  );
}
