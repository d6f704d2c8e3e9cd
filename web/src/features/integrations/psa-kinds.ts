import type { PsaKind } from "@/shared/api/types";

export interface SettingField {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
  /** Several values, one per line. */
  isList?: boolean;
}

export interface SecretField {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
}

interface KindFields {
  label: string;
  /** An example of its API's address; null for a system that FlowPilot never calls. */
  address: string | null;
  settings: SettingField[];
  secrets: SecretField[];
}

const previous = { name: "previous_webhook_secret", label: "Previous webhook secret", hint: "Still accepted while you change the secret over there. Remove it afterwards." };

/** The settings and secrets of each ticket system, by their names in the API. */
export const PSA_KINDS: Record<PsaKind, KindFields> = {
  connectwise: {
    label: "ConnectWise",
    address: "https://api-na.myconnectwise.net/v4_6_release/apis/3.0",
    settings: [
      { name: "company_id", label: "Login company", required: true },
      { name: "client_id", label: "Client ID", hint: "From the ConnectWise developer portal.", required: true },
      { name: "own_member", label: "API member", hint: "Lets FlowPilot ignore changes it made itself." },
    ],
    secrets: [
      { name: "public_key", label: "Public key", required: true },
      { name: "private_key", label: "Private key", required: true },
    ],
  },
  autotask: {
    label: "Autotask",
    address: "https://webservices2.autotask.net/ATServicesRest",
    settings: [
      { name: "user_name", label: "API user name", required: true },
      { name: "webhook_guids", label: "Webhook GUIDs", hint: "One on each line.", isList: true },
      { name: "own_resource_id", label: "Resource ID of the API user", hint: "Lets FlowPilot ignore changes it made itself." },
      { name: "owner_role_id", label: "Role ID", hint: "Set together with each owner; Autotask accepts only both." },
      { name: "note_type", label: "Note type" },
    ],
    secrets: [
      { name: "api_integration_code", label: "API integration code", required: true },
      { name: "api_secret", label: "API secret", required: true },
      { name: "webhook_secret", label: "Webhook secret" },
      previous,
    ],
  },
  halopsa: {
    label: "HaloPSA",
    address: "https://example.halopsa.com",
    settings: [
      { name: "client_id", label: "Client ID", required: true },
      { name: "own_agent_id", label: "Agent ID of the API user", hint: "Lets FlowPilot ignore changes it made itself." },
      { name: "webhook_header", label: "Webhook header", hint: "The header that carries the secret; authorization when left empty." },
      { name: "webhook_username", label: "Webhook user name", hint: "For Basic; without it the secret is a Bearer token or a key." },
      { name: "note_outcome_id", label: "Note outcome ID" },
    ],
    secrets: [
      { name: "client_secret", label: "Client secret", required: true },
      { name: "webhook_secret", label: "Webhook secret" },
      previous,
    ],
  },
  standard: {
    label: "Standard Webhooks",
    address: null,
    settings: [{ name: "time_zone", label: "Time zone", hint: "For times without an offset, such as Europe/Brussels; UTC when left empty." }],
    secrets: [{ name: "webhook_secret", label: "Webhook secret", hint: "16 to 64 bytes in base64, with or without whsec_." }, previous],
  },
};

export const KINDS = Object.keys(PSA_KINDS) as PsaKind[];
