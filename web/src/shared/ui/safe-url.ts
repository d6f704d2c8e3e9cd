/** Returns the address when a click on it only opens a page: `javascript:` and the like are dropped, as is what is no address. */
export function safeUrl(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  return ["https:", "http:"].includes(new URL(url).protocol) ? url : null;
}
