import { readFileSync } from "node:fs";

import { beforeEach, expect, test } from "vitest";

import { ICON, showInTabIcon } from "./tab-icon";

const link = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]')!;
const drawn = () => new DOMParser().parseFromString(decodeURIComponent(link().href.replace("data:image/svg+xml,", "")), "image/svg+xml");

beforeEach(() => {
  document.head.innerHTML = '<link rel="icon" href="/favicon.svg" type="image/svg+xml">';
});

test.each([
  [1, "1"],
  [9, "9"],
  [10, "9+"],
  [100, "9+"],
])("with %i waiting the icon shows %s", (unread, text) => {
  showInTabIcon(unread);

  expect(drawn().querySelector("parsererror")).toBeNull();
  expect(drawn().querySelector("text")?.textContent).toBe(text);
  expect(drawn().querySelector("path")).not.toBeNull();
});

test("with nothing waiting it is the plain icon again", () => {
  showInTabIcon(3);
  showInTabIcon(0);

  expect(link().getAttribute("href")).toBe("/favicon.svg");
});

test("a page without an icon stays without", () => {
  link().remove();

  showInTabIcon(3);

  expect(link()).toBeNull();
});

test("the icon that is drawn on is the file's", () => {
  expect(ICON).toBe(readFileSync("public/favicon.svg", "utf8").trim());
});
