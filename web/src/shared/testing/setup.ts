import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { forgetServerTime } from "@/shared/server-time";
import { dismissConfirmation } from "@/shared/ui/confirmation-store";

configure({ asyncUtilTimeout: 5_000 });

/** Stubs for browser APIs that jsdom lacks. No test depends on their results. */
const ignore = () => undefined;
globalThis.ResizeObserver = class implements ResizeObserver {
  observe = ignore;
  unobserve = ignore;
  disconnect = ignore;
};
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: ignore,
    removeListener: ignore,
  });
Element.prototype.scrollIntoView = ignore;
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });

/** All tests share one page, those of other files too, so nothing of one is left to the next. */
afterEach(() => {
  cleanup();
  dismissConfirmation();
  forgetServerTime();
  document.title = "";
  window.history.replaceState(null, "", "/");
  localStorage.clear();
  sessionStorage.clear();
});
