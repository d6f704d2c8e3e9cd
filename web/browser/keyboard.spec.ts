import type { Page } from "@playwright/test";

import { expect, uniqueProblem, test } from "./fixtures.ts";

test("an escalation can be claimed from the queue by keyboard alone", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("No dial tone"), { priority: "urgent" });
  const sam = await visit("sam");
  const row = sam.getByRole("main").getByRole("link", { name: handoff.snapshot.problem_summary });
  await expect(row).toBeVisible();

  await sam.keyboard.press("Control+k");
  await expect(sam.getByLabel("Type a command or a session")).toBeFocused();
  await sam.keyboard.type(handoff.snapshot.problem_summary.slice(-14));
  await sam.keyboard.press("Enter");
  await expect(sam.getByRole("heading", { name: handoff.snapshot.problem_summary })).toBeFocused();
  await expect(async () => {
    await sam.keyboard.press("s");
    await expect(sam.getByLabel("Message to the assistant")).toBeFocused({ timeout: 1_000 });
  }).toPass();
});

test("the pickup screen keeps Tab inside, and Esc leaves it without a claim", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Phones are silent"));
  const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);
  await expect(sam.getByRole("heading", { name: handoff.snapshot.problem_summary })).toBeFocused();

  for (let presses = 0; presses < 12; presses += 1) {
    await sam.keyboard.press("Tab");
    const inside = await sam.evaluate(() => document.activeElement?.closest("[role=dialog]") !== null);
    expect(inside).toBe(true);
  }
  await sam.keyboard.press("Escape");

  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
  expect((await api("jane").handoff(handoff)).status).toBe("unclaimed");
});

test("keys that scroll do so on the pickup screen, and a second Enter claims nothing", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Door is stuck"), { engineer_notes: "Pushed.\n".repeat(400) });
  const sam = await visit("sam", "/", { viewport: { width: 1280, height: 500 } });
  await sam.getByRole("main").getByRole("link", { name: handoff.snapshot.problem_summary }).focus();
  await sam.keyboard.press("Enter");
  await sam.keyboard.press("Enter");
  await sam.getByRole("button", { name: "Show all of the note" }).click();
  await sam.getByRole("heading", { name: handoff.snapshot.problem_summary }).click();
  const scroller = sam.getByRole("dialog").locator("[data-scroller]");

  for (const key of ["Space", "PageDown", "ArrowDown", "End"]) {
    await scroller.evaluate((element) => (element.scrollTop = 0));
    await sam.keyboard.press(key);
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  }

  expect((await api("jane").handoff(handoff)).status).toBe("unclaimed");
});

test("a claim is reassigned, and an admin returns it for its next holder, by keyboard", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Badge printer is offline"));
  await api("sam").claim(handoff);

  await test.step("Sam reassigns it to Alex, and comes to the queue", async () => {
    const sam = await visit("sam", `/pilot/${handoff.session_id}`);
    await sam.getByRole("button", { name: "More actions" }).press("Enter");
    await sam.getByRole("menuitem", { name: "Reassign…" }).press("Enter");
    const dialog = sam.getByRole("dialog", { name: "Reassign" });
    await expect(dialog.getByLabel("Note for the next person")).toBeFocused();
    await sam.keyboard.type("You know their printers.");
    const alex = dialog.getByRole("option", { name: /^Alex/ });
    await dialog.getByLabel(/^To/).selectOption((await alex.getAttribute("value")) ?? "");
    await dialog.getByRole("button", { name: /^Reassign to Alex/ }).press("Enter");
    await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
    await expect(sam.getByText(/Reassigned to Alex/)).toBeVisible();
  });

  const directed = await api("jane").handoff(handoff);
  expect(directed).toMatchObject({ status: "unclaimed", release_note: "You know their printers." });
  expect(directed.to?.name).toMatch(/^Alex/);
  await api("alex").claim(handoff);

  await test.step("Olga returns it to the queue; Esc leaves it with Alex before", async () => {
    const olga = await visit("olga", `/pilot/${handoff.session_id}?pickup=true`);
    const manage = olga.getByRole("button", { name: /^Manage the session that Alex/ });
    const openDialog = async () => {
      await manage.press("Enter");
      await olga.getByRole("menuitem", { name: "Return to queue…" }).press("Enter");
      await expect(olga.getByRole("dialog", { name: "Return to queue" })).toContainText(/Alex .+ holds this session/);
    };
    await openDialog();
    await olga.keyboard.press("Escape");
    await expect(manage).toBeFocused();
    expect((await api("jane").handoff(handoff)).claimed_by?.name).toMatch(/^Alex/);
    await openDialog();
    await olga.getByRole("dialog", { name: "Return to queue" }).getByRole("button", { name: "Return to queue" }).press("Enter");
    await expect(olga.getByRole("button", { name: "Start here" })).toBeVisible();
  });

  expect(await api("jane").handoff(handoff)).toMatchObject({ status: "unclaimed", to: null });
});

test("a case is corrected while it waits, and its holder says what they wait for, by keyboard", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Plotter prints blank pages"));
  const corrected = uniqueProblem("Plotter prints blank pages in Ghent");

  await test.step("Jane corrects the summary while nobody has picked it up", async () => {
    const jane = await visit("jane", `/pilot/${handoff.session_id}`);
    const actions = jane.getByRole("button", { name: "More actions" });
    await actions.press("Enter");
    await jane.getByRole("menuitem", { name: "Edit session…" }).press("Enter");
    const dialog = jane.getByRole("dialog", { name: "Edit session" });
    await expect(dialog.getByLabel(/Problem/)).toBeFocused();
    await jane.keyboard.press("Control+a");
    await jane.keyboard.type(corrected);
    await dialog.getByRole("button", { name: "Save" }).press("Enter");
    await expect(jane.getByRole("heading", { name: corrected.slice(0, 40) })).toBeVisible();
    const conversation = jane.getByRole("region", { name: "Conversation" });
    await expect(conversation.getByText(/Summary was: Plotter prints blank pages/)).toBeVisible();
    await expect(actions).toBeFocused();
  });

  await api("sam").claim(handoff);

  await test.step("Sam says what he waits for, and that he is back on it", async () => {
    const sam = await visit("sam", `/pilot/${handoff.session_id}`);
    await sam.getByRole("button", { name: "More actions" }).press("Enter");
    await sam.getByRole("menuitem", { name: "Waiting until…" }).press("Enter");
    const dialog = sam.getByRole("dialog", { name: "Waiting until…" });
    await expect(dialog.getByLabel(/What you wait for/)).toBeFocused();
    await sam.keyboard.type("The customer calls back");
    await sam.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    const waiting = sam.getByRole("region", { name: "Still on it?" });
    await expect(waiting).toContainText(/Waiting until .+The customer calls back/);
    expect((await api("sam").handoff(handoff)).waiting?.reason).toBe("The customer calls back");
    await waiting.getByRole("button", { name: "Back on it" }).press("Enter");
    await expect(waiting).toHaveCount(0);
  });
});

test("the back link leads to the queue", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Badge reader beeps"));
  const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);

  await sam.getByRole("link", { name: "Back to escalations" }).click();

  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
});

const transformsOf = (page: Page) =>
  page.getByRole("dialog").evaluate((dialog) =>
    dialog.getAnimations().flatMap((one) => (one.effect as KeyframeEffect).getKeyframes().map((frame) => frame.transform)),
  );

for (const { reducedMotion, entrance, moves } of [
  { reducedMotion: "no-preference", entrance: "slides in", moves: true },
  { reducedMotion: "reduce", entrance: "fades in and does not slide", moves: false },
] as const) {
  test(`with prefers-reduced-motion "${reducedMotion}" the context ${entrance}`, async ({ visit, api }) => {
    const handoff = await api("jane").escalate(uniqueProblem("Clock is late"));
    const sam = await visit("sam", "/", { reducedMotion });

    await sam.getByRole("main").getByRole("link", { name: handoff.snapshot.problem_summary }).click();
    await expect(sam.getByRole("heading", { name: handoff.snapshot.problem_summary })).toBeFocused();

    expect((await transformsOf(sam)).some((transform) => String(transform).includes("translate"))).toBe(moves);
  });
}

test("the first Tab reaches the link that skips to the content", async ({ visit }) => {
  const sam = await visit("sam");
  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
  await sam.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  await sam.keyboard.press("Tab");

  await expect(sam.getByRole("link", { name: "Skip to the content" })).toBeFocused();
});
