import { PSA_KINDS } from "@/features/integrations/psa-kinds";
import type { Integration, IntegrationChange, PsaKind } from "@/shared/api/types";
import { isSame } from "@/shared/drafts/is-same";
import type { Omission } from "@/shared/drafts/kept-form";
import type { Version } from "@/shared/drafts/use-form-draft";

import { ownersIn, ownersText } from "./owners-text";

/** The form's fields, all as text. Some are secrets, which are not stored in the browser. */
export interface IntegrationDraft {
  kind: PsaKind;
  name: string;
  address: string;
  settings: Record<string, string>;
  /** New secrets. An empty one leaves the saved secret unchanged. */
  secrets: Record<string, string>;
  removed: string[];
  statusOnClaim: string;
  statusOnResolve: string;
  /** One on each line. */
  closedStatuses: string;
  owners: string;
}

const BLANK: IntegrationDraft = {
  kind: "connectwise",
  name: "",
  address: "",
  settings: {},
  secrets: {},
  removed: [],
  statusOnClaim: "",
  statusOnResolve: "",
  closedStatuses: "",
  owners: "",
};

/** What the form of a new integration begins with. */
export const NEW: Version<IntegrationDraft> = { version: null, draft: BLANK };

function draftOf({ name, base_url, settings, ticket_mapping }: Integration): IntegrationDraft {
  const { kind, ...rest } = settings;
  return {
    ...BLANK,
    kind,
    name,
    address: base_url ?? "",
    settings: Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, textOf(value)])),
    statusOnClaim: ticket_mapping.status_on_claim ?? "",
    statusOnResolve: ticket_mapping.status_on_resolve ?? "",
    closedStatuses: (ticket_mapping.closed_statuses ?? []).join("\n"),
    owners: ownersText(ticket_mapping.owner_ids ?? {}),
  };
}

/** Returns what the form edits of a saved integration. */
export const versionOf = (saved: Integration): Version<IntegrationDraft> => ({ version: saved.version, draft: draftOf(saved) });

/** Whether two drafts would save the same. */
export const savesSame = (one: IntegrationDraft, other: IntegrationDraft): boolean => isSame(changeOf(one, null), changeOf(other, null));

/** Reads a draft as saving it does. */
export const readDraft = (draft: IntegrationDraft) => changeOf(draft, null);

/** Leaves out the secrets that were typed, also one that is part of an address. */
export function withoutSecrets(draft: IntegrationDraft): Omission<IntegrationDraft> {
  const typed = PSA_KINDS[draft.kind].secrets.filter(({ name }) => draft.secrets[name]?.trim());
  const hasLogin = /\/\/[^/]*@/.test(draft.address);
  return {
    draft: { ...draft, secrets: {}, address: hasLogin ? "" : draft.address },
    omitted: [...(hasLogin ? ["address of its API"] : []), ...typed.map(({ label }) => label)],
  };
}

/** Builds the request body. Secrets that were not changed are left out, so the saved ones stay. */
export function changeOf(draft: IntegrationDraft, version: number | null): IntegrationChange {
  const { settings, secrets, address } = PSA_KINDS[draft.kind];
  const values = settings.map(({ name, isList }) => [name, valueOf(draft.settings[name] ?? "", isList ?? false)] as const);
  const typed = secrets.map(({ name }) => [name, draft.secrets[name]?.trim() ?? ""] as const).filter(([, text]) => text !== "");
  return {
    name: draft.name.trim(),
    base_url: address === null ? null : draft.address.trim() || null,
    // The API validates the fields of each kind and reports errors by field.
    settings: { kind: draft.kind, ...withoutEmpty(values) } as IntegrationChange["settings"],
    ticket_mapping: {
      status_on_claim: draft.statusOnClaim.trim() || null,
      status_on_resolve: draft.statusOnResolve.trim() || null,
      closed_statuses: linesOf(draft.closedStatuses),
      owner_ids: ownersIn(draft.owners),
    },
    secrets: { ...Object.fromEntries(draft.removed.map((name) => [name, null])), ...Object.fromEntries(typed) },
    version,
  };
}

const textOf = (value: string | readonly string[] | null | undefined): string =>
  typeof value === "string" ? value : (value ?? []).join("\n");

export const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const valueOf = (text: string, isList: boolean) => (isList ? linesOf(text) : text.trim());
const withoutEmpty = (values: (readonly [string, string | string[]])[]) =>
  Object.fromEntries(values.filter(([, value]) => value !== ""));
