const BYTES = 32;

/** Returns a new secret as Standard Webhooks writes it: `whsec_` and random bytes in base64. */
export function newSigningSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES))))}`;
}
