import type { SecretSpan } from "@/shared/api/types";

/** Finds passwords of the form `password: value`, as an example of what the API finds. */
export function secretsIn(text: string): SecretSpan[] {
  return [...text.matchAll(/(?<=password[:=]\s*)\S+/gi)].map(({ 0: secret, index }) => ({
    start: index,
    end: index + secret.length,
    kind: "password",
  }));
}
