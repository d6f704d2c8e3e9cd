/** Formats owner ids for editing: `e-mail address = id in the ticket system`, one pair per line. */
export function ownersText(owners: Record<string, string>): string {
  return Object.entries(owners)
    .map(([email, id]) => `${email} = ${id}`)
    .join("\n");
}

export function ownersIn(text: string): Record<string, string> {
  return Object.fromEntries(pairsIn(text).map(({ email, id }) => [email, id]));
}

/** Adds a line for a person, in place of an earlier line with their address. */
export function withOwner(text: string, email: string, id: string): string {
  return ownersText({ ...ownersIn(text), [email.toLowerCase()]: id });
}

/** Returns an error text that names the first invalid line; null when all lines are valid. */
export function ownersTrouble(text: string): string | null {
  const pairs = pairsIn(text);
  const bad = pairs.find(({ email, id }) => !email.includes("@") || id === "");
  if (bad) return `Line ${bad.line}: write an e-mail address, =, and the id in the ticket system.`;
  const twice = pairs.find(({ email }, index) => pairs.findIndex((other) => other.email === email) !== index);
  return twice ? `Line ${twice.line}: ${twice.email} is there twice.` : null;
}

function pairsIn(text: string): { line: number; email: string; id: string }[] {
  return text
    .split("\n")
    .map((row, index) => ({ row: row.trim(), line: index + 1 }))
    .filter(({ row }) => row !== "")
    .map(({ row, line }) => {
      const [email = "", ...rest] = row.split("=");
      return { line, email: email.trim().toLowerCase(), id: rest.join("=").trim() };
    });
}
