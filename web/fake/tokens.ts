import type { FakePerson } from "./people.ts";

export const FAKE_ISSUER = "https://fake.example";
export const FAKE_CLIENT = "page";

/** A token in the form of a real one, without a signature, which the fake API does not verify. */
export function tokenFor(person: FakePerson, lifetimeS = 3600): string {
  const nowS = Math.floor(Date.now() / 1000);
  const claims = {
    iss: FAKE_ISSUER,
    aud: FAKE_CLIENT,
    sub: person.id,
    name: person.name,
    email: person.email,
    iat: nowS,
    exp: nowS + lifetimeS,
  };
  return [{ alg: "none", typ: "JWT" }, claims].map(encode).join(".") + ".none";
}

const encode = (part: object) =>
  btoa(JSON.stringify(part)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
