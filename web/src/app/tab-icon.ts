/** The page's icon, as `public/favicon.svg` has it. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2858cf"/>' +
  '<path d="M8 21h7a5 5 0 0 0 5-5v-5m0 0-4 4m4-4 4 4" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>';
const PLAIN = "/favicon.svg";

/** More than this is "9+": an icon of 16 pixels has room for no more. */
const MOST_SHOWN = 9;

/** Shows in the tab's icon how many notifications wait for the reader; without any it is the plain icon. */
export function showInTabIcon(unread: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const address = unread > 0 ? `data:image/svg+xml,${encodeURIComponent(iconWith(unread))}` : PLAIN;
  if (link && link.getAttribute("href") !== address) link.href = address;
}

function iconWith(unread: number): string {
  const text = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
  const size = text.length > 1 ? 15 : 19;
  const badge =
    '<circle cx="20.5" cy="20.5" r="11.5" fill="#c81e1e"/>' +
    `<text x="20.5" y="${20.5 + size * 0.36}" text-anchor="middle" font-family="system-ui, sans-serif" font-weight="700" font-size="${size}" fill="#fff">${text}</text>`;
  return ICON.replace("</svg>", `${badge}</svg>`);
}
