import { Button, TextInput } from "@mantine/core";

import { PSA_KINDS, type SecretField as Field } from "@/features/integrations/psa-kinds";
import { Age } from "@/shared/ui/age";

import classes from "./integration-form.module.css";
import { shortSecretWarning } from "./short-secret";
import type { FormPart } from "./use-integration-form";

/** The fields for secrets. The API never returns a secret, so each field shows only when it was set. */
export function SecretFields({ form, setAt }: { form: FormPart; setAt: Record<string, string | null> }) {
  const { secrets } = PSA_KINDS[form.draft.kind];
  return secrets.map((field) => <SecretField key={field.name} field={field} form={form} setAt={setAt[field.name] ?? null} />);
}

function SecretField({ field, form, setAt }: { field: Field; form: FormPart; setAt: string | null }) {
  const { draft, change, errorAt } = form;
  const isRemoved = draft.removed.includes(field.name);
  const toggle = () =>
    change({
      removed: isRemoved ? draft.removed.filter((name) => name !== field.name) : [...draft.removed, field.name],
      secrets: { ...draft.secrets, [field.name]: "" },
    });
  return (
    <div className={classes.secret}>
      <TextInput
        type="password"
        autoComplete="new-password"
        label={field.label}
        description={field.hint}
        placeholder={setAt && !isRemoved ? "Leave empty to keep it" : ""}
        value={draft.secrets[field.name] ?? ""}
        onChange={(event) => change({ secrets: { ...draft.secrets, [field.name]: event.currentTarget.value } })}
        error={errorAt(`/secrets/${field.name}`)}
        disabled={isRemoved}
        required={(field.required ?? false) && setAt === null}
        withAsterisk={field.required ?? false}
      />
      <ShortSecret warning={shortSecretWarning(draft.kind, field.name, draft.secrets[field.name] ?? "")} />
      <p className={classes.status}>
        {isRemoved ? "Goes away when you save" : setAt ? <Since at={setAt} /> : "Not set"}
        {setAt && !field.required && (
          <Button variant="subtle" color="gray" size="compact-xs" aria-label={`${isRemoved ? "Keep it" : "Remove"}: ${field.label}`} onClick={toggle}>
            {isRemoved ? "Keep it" : "Remove"}
          </Button>
        )}
      </p>
    </div>
  );
}

function ShortSecret({ warning }: { warning: string | null }) {
  return warning && <p role="status">{warning}</p>;
}

function Since({ at }: { at: string }) {
  return (
    <span>
      Set <Age at={at} suffix />
    </span>
  );
}
