import { expect, problemOf, test } from "./test.ts";

test("from the queue into the session by keyboard alone", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(problemOf("No dial tone"), { priority: "urgent" });
  const sam = await visit("sam");
  const row = sam.getByRole("main").getByRole("link", { name: handoff.snapshot.problem_summary });
  await expect(row).toBeVisible();

  await sam.keyboard.press("Control+k");
  await expect(sam.getByLabel("Type a command or a session")).toBeFocused();
  await sam.keyboard.type(handoff.snapshot.problem_summary.slice(-14));
  await sam.keyboard.press("Enter");
  await expect(sam.getByRole("button", { name: "Start here" })).toBeFocused();
  await sam.keyboard.press("Enter");

  await expect(sam.getByLabel("Message to the assistant")).toBeVisible();
  await expect(sam.locator("#main")).toBeFocused();
});

test("before the claim Esc does nothing, and Tab stays in the dialog", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(problemOf("Phones are silent"));
  const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);
  await expect(sam.getByRole("button", { name: "Start here" })).toBeFocused();

  await sam.keyboard.press("Escape");
  await expect(sam.getByRole("dialog")).toBeVisible();
  for (let presses = 0; presses < 12; presses += 1) {
    await sam.keyboard.press("Tab");
    const inside = await sam.evaluate(() => document.activeElement?.closest("[role=dialog]") !== null);
    expect(inside).toBe(true);
  }
  expect((await api("jane").handoff(handoff)).status).toBe("unclaimed");
});

test("the way out leads to the queue", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(problemOf("Badge reader beeps"));
  const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);

  await sam.getByRole("link", { name: "Back to escalations" }).click();

  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
});

test("who asked for less motion gets a fade and no slide", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(problemOf("Clock is late"));
  const sam = await visit("sam", "/", { reducedMotion: "reduce" });
  await sam.evaluate(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target as HTMLElement;
        if (element.getAttribute("role") === "dialog" && element.style.transform) moved.push(element.style.transform);
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["style"] });
  });

  await sam.getByRole("main").getByRole("link", { name: handoff.snapshot.problem_summary }).click();
  await expect(sam.getByRole("button", { name: "Start here" })).toBeFocused();

  expect(await sam.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
});

test("the first Tab offers to skip to the content", async ({ visit }) => {
  const sam = await visit("sam");
  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
  await sam.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  await sam.keyboard.press("Tab");

  await expect(sam.getByRole("link", { name: "Skip to the content" })).toBeFocused();
});
