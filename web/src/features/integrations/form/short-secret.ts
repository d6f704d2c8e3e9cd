import type { PsaKind } from "@/shared/api/types";

const GOOD_BYTES = 24;

/** Returns a warning for a secret of Standard Webhooks that is shorter than the specification asks for. */
export function shortSecretWarning(kind: PsaKind, name: string, secret: string): string | null {
  if (kind !== "standard" || !name.endsWith("webhook_secret")) return null;
  const base64 = secret.trim().replace(/^whsec_/, "").replace(/=+$/, "");
  const bytes = Math.floor((base64.length * 3) / 4);
  return base64 !== "" && bytes >= 16 && bytes < GOOD_BYTES
    ? `This secret has ${bytes} bytes. It is taken, but Standard Webhooks asks for ${GOOD_BYTES} or more.`
    : null;
}
