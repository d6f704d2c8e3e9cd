/** Whether this browser can get push messages: on iPhones only once the page is on the home screen. */
export function isPushSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** What a person would call this browser, such as "Firefox on Windows". */
export function browserName(agent = navigator.userAgent): string {
  const first = (names: Record<string, RegExp>) => Object.entries(names).find(([, pattern]) => pattern.test(agent))?.[0];
  const browser = first({ Edge: /Edg\//, Opera: /OPR\//, Firefox: /Firefox\//, Chrome: /Chrome\//, Safari: /Safari\// });
  const system = first({ iPhone: /iPhone/, iPad: /iPad/, Android: /Android/, Windows: /Windows/, macOS: /Mac OS X/, Linux: /Linux/ });
  return [browser ?? "Browser", system && `on ${system}`].filter(Boolean).join(" ");
}
