import type { Locator, Page } from "@playwright/test";

import { expect, uniqueProblem, test } from "./fixtures.ts";

/** Holds back files of the page from the next load on: by default a part of its code. Returns what lets them through. */
async function hold(page: Page, part: string, extension = "js"): Promise<() => void> {
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(`**/assets/${part}-*.${extension}`, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  return letThrough;
}

/** As a deployment does that replaces a part of the page's code: the server then answers with the page itself. */
async function replace(page: Page, part: string): Promise<() => Promise<void>> {
  const pattern = `**/assets/${part}-*.js`;
  await page.route(pattern, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.reload();
  return () => page.unroute(pattern);
}

/** How wide the text of an element is in the next frame, in px, whatever the element's own width. */
function textWidth(element: Locator): Promise<number> {
  return element.evaluate(async (shown) => {
    await new Promise(requestAnimationFrame);
    const text = document.createRange();
    text.selectNodeContents(shown);
    return text.getBoundingClientRect().width;
  });
}

test("the sign-in page loads nothing of the pages behind it", async ({ browser, stack }) => {
  const context = await browser.newContext({ baseURL: stack.web_url });
  const page = await context.newPage();
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\.js$/, ""));
  });

  await page.goto("/pilot/7");

  await expect(page.getByRole("button", { name: "Sign in" })).toBeFocused();
  await page.waitForLoadState("networkidle");
  expect(scripts.sort()).toEqual(["/assets/index"]);
  await context.close();
});

test("text keeps its width when the typeface comes after it", async ({ visit, api }) => {
  const problem = uniqueProblem("Labels come out half a line too low on every second roll");
  await api("jane").escalate(problem);
  const sam = await visit("sam");
  const letThrough = await hold(sam, "inter-latin-wght-normal", "woff2");
  const summary = sam.getByRole("main").getByText(problem);
  const before = await textWidth(summary);

  letThrough();
  await sam.waitForFunction(() => [...document.fonts].some(({ family, status }) => family.includes("Inter Variable") && status === "loaded"));

  expect(await textWidth(summary)).toBe(before);
});

test("who is signed in gets the pages' code before the sign-in page's has run, and the first screen before the pages' code", async ({ visit }) => {
  const sam = await visit("sam");
  const asked: string[] = [];
  sam.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\./, ".")));
  const letSignIn = await hold(sam, "index");
  await expect.poll(() => asked).toEqual(expect.arrayContaining(["/assets/render-app.js", "/assets/render-app.css"]));
  expect(asked).not.toContain("/api/start");
  letSignIn();
  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();

  asked.length = 0;
  const letPages = await hold(sam, "render-app");
  await expect.poll(() => asked).toContain("/api/start");
  letPages();

  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
  await expect(sam.getByText("Live", { exact: true }).first()).toBeVisible(); // by the address that the first answer had
  expect(asked.filter((path) => path === "/api/start")).toHaveLength(1);
  expect(asked.filter((path) => path === "/config.json")).toHaveLength(1);
});

test("a dialog that is asked for before its code is there opens with the focus in its first field, and returns it", async ({ visit }) => {
  const jane = await visit("jane");
  const letThrough = await hold(jane, "new-session");
  const button = jane.getByRole("button", { name: "New", exact: true });

  await button.press("Enter");
  await expect.poll(() => jane.evaluate(() => JSON.stringify(history.state))).toContain("new-session");
  letThrough();

  await expect(jane.getByLabel(/What is the problem/)).toBeFocused();
  await jane.keyboard.press("Escape");
  await expect(jane.getByRole("dialog")).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("a new session has the focus in the message field, also when its page comes late", async ({ visit }) => {
  const jane = await visit("jane");
  const letThrough = await hold(jane, "session-page");

  await jane.getByRole("button", { name: "New", exact: true }).click();
  await jane.getByLabel(/What is the problem/).fill(uniqueProblem("Scanner jams"));
  await jane.keyboard.press("Tab");
  await jane.getByRole("button", { name: "Start session" }).press("Enter");
  await jane.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith("/sessions"));
  letThrough();

  await expect(jane.getByLabel("Message to the assistant")).toBeFocused();
});

for (const { name, part, open } of [
  { name: "the user menu", part: "user-menu-items", open: (page: Page) => page.getByRole("button", { name: /Sam Rivera/ }) },
  { name: "the notifications", part: "notification-popover", open: (page: Page) => page.getByRole("button", { name: /^Notifications/ }) },
]) {
  test(`${name} open at the first press, keep the button and return the focus to it`, async ({ visit }) => {
    const sam = await visit("sam");
    const letThrough = await hold(sam, part);
    const button = open(sam).filter({ visible: true }).first();

    await button.press("Enter");
    await expect(button).toHaveAttribute("aria-expanded", "true");
    letThrough();

    const popup = sam.getByRole("menu").or(sam.getByRole("dialog", { name: "Notifications" }));
    await expect(popup).toBeVisible();
    await expect.poll(() => popup.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await sam.keyboard.press("Escape");
    await expect(popup).toHaveCount(0);
    await expect(button).toBeFocused();
    await button.click();
    await expect(popup).toBeVisible();
    await button.click();
    await expect(popup).toHaveCount(0);
  });
}

test("a dialog whose code is gone says so and offers to reload", async ({ visit }) => {
  const sam = await visit("sam");
  const restore = await replace(sam, "palette");
  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();

  await sam.keyboard.press("Control+k");

  await expect(sam.getByRole("status", { name: "Confirmation" })).toContainText("could not be loaded");
  await restore();
  await sam.getByRole("button", { name: "Reload" }).click();
  await expect(async () => {
    await sam.keyboard.press("Control+k");
    await expect(sam.getByLabel("Type a command or a session")).toBeFocused({ timeout: 1_000 });
  }).toPass();
});

test("a page whose code is gone says so and offers to reload", async ({ visit }) => {
  const sam = await visit("sam");
  const restore = await replace(sam, "people-page");
  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();

  await sam.getByRole("link", { name: "People" }).click();

  await expect(sam.getByRole("alert")).toContainText("This part of the page could not be loaded");
  await restore();
  await sam.getByRole("button", { name: "Reload" }).click();
  await expect(sam.getByRole("heading", { name: "People", exact: true })).toBeVisible();
});
