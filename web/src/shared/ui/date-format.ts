const made = new Map<string, Intl.DateTimeFormat>();

/**
 * Formats an instant in the reader's language and time zone. A formatter takes longer to make than all the rest of a row of
 * the page, so each is kept: by the instant's offset too, since who travels with an open page is in another time zone.
 */
export function formatDate(at: Date, options: Intl.DateTimeFormatOptions): string {
  const key = `${at.getTimezoneOffset()} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known.format(at);
  const format = new Intl.DateTimeFormat(undefined, options);
  made.set(key, format);
  return format.format(at);
}
