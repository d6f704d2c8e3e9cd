/**
 * Whether a value that was stored has parts of the same kinds as `pattern`. A part that is null, or missing, on either side
 * tells nothing, and neither do the items of a list.
 */
export function fits(pattern: unknown, value: unknown): boolean {
  if (pattern === null || value === null) return true;
  if (typeof pattern !== typeof value || Array.isArray(pattern) !== Array.isArray(value)) return false;
  if (typeof pattern !== "object" || Array.isArray(pattern)) return true;
  const parts = value as Record<string, unknown>;
  return Object.entries(pattern).every(([name, part]) => part === undefined || parts[name] === undefined || fits(part, parts[name]));
}
