import { expect, uniqueProblem, test } from "./fixtures.ts";

test("Jane escalates a session, Sam claims it from the pickup screen and resolves it", async ({ visit }) => {
  const problem = uniqueProblem("VPN drops at Ghent ten minutes after signing in");
  const [jane, sam] = [await visit("jane"), await visit("sam")];
  await expect(sam.getByText("Live", { exact: true }).first()).toBeVisible();

  await test.step("Jane opens a session, asks the assistant and records a step", async () => {
    await jane.getByRole("button", { name: "New", exact: true }).click();
    await jane.getByLabel(/What is the problem/).fill(problem);
    await jane.getByLabel("Ticket").fill("48213");
    await jane.getByRole("button", { name: "Start session" }).click();
    await jane.getByLabel("Message to the assistant").fill("All 14 people at Ghent, since this morning.");
    await jane.keyboard.press("Enter");
    await expect(jane.getByRole("list", { name: "Conversation and steps" }).getByText("Assistant")).toBeVisible();
    await jane.getByText("Record a step").click();
    await jane.getByLabel("What you tried").fill("Connected with a fresh profile");
    await jane.getByText("No effect", { exact: true }).click();
    await jane.getByRole("button", { name: "Add step" }).click();
    await expect(jane.getByRole("complementary").getByText("Connected with a fresh profile")).toBeVisible();
  });

  await test.step("Jane hands off", async () => {
    await jane.getByRole("button", { name: "Hand off" }).click();
    await jane.getByRole("radio", { name: "urgent" }).check();
    await jane.getByLabel(/Notes for the next person/).fill("I think it is the new firmware, not the line.");
    await jane.getByRole("button", { name: "Escalate", exact: true }).click();
    await expect(jane.getByText(/Waiting for a senior ·/)).toBeVisible();
  });

  await test.step("the row appears on Sam's dashboard without a reload and links to the context", async () => {
    await sam.getByRole("main").getByRole("link", { name: problem }).click();
    await expect(sam.getByRole("heading", { name: problem })).toBeFocused();
    await expect(sam.getByRole("dialog", { name: problem })).toContainText("I think it is the new firmware");
  });

  await test.step("Start here claims the handoff, removes the query and opens the session", async () => {
    await sam.getByRole("button", { name: "Start here" }).click();
    await expect(sam.getByLabel("Message to the assistant")).toBeFocused();
    await expect(sam.getByRole("dialog")).toHaveCount(0);
    expect(new URL(sam.url()).search).toBe("");
    await expect(jane.getByText(/works on this session now/)).toContainText("Sam Rivera");
  });

  await test.step("the context opens from the session, and Esc closes it", async () => {
    await sam.getByRole("button", { name: "Context" }).click();
    await expect(sam.getByRole("dialog", { name: problem })).toBeVisible();
    await sam.keyboard.press("Escape");
    await expect(sam.getByRole("dialog")).toHaveCount(0);
    await expect(sam.getByRole("button", { name: "Context" })).toBeFocused();
  });

  await test.step("a suggestion fills the step form", async () => {
    const fill = sam.getByRole("button", { name: "With a finding…" }).first();
    await fill.click();
    await expect(sam.getByLabel("What you tried")).not.toHaveValue("");
    await sam.getByRole("region", { name: "Write" }).getByText("Fixed it", { exact: true }).click();
    await sam.getByRole("button", { name: "Add step" }).click();
    await expect(sam.getByLabel("What you tried")).toHaveValue("");
  });

  await test.step("Sam resolves with a verdict, and Jane is notified", async () => {
    await sam.getByRole("button", { name: "Resolve" }).click();
    await sam.getByLabel(/What solved it/).fill("Rolled the firmware back to 7.4.2.");
    await sam.getByText("Partly right").click();
    await sam.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
    await expect(sam.getByText(/This session is resolved/)).toBeVisible();
    await jane.getByRole("button", { name: /^Notifications/ }).first().click();
    await expect(jane.getByRole("link", { name: /Resolved by Sam Rivera/ }).first()).toBeVisible();
  });
});

test("the assessment appears on the open screen and takes no focus", async ({ visit, api, ai }) => {
  const sam = await visit("sam");
  await ai.inject({ kind: "held", count: 1 });
  const handoff = await api("jane").escalate(uniqueProblem("Tunnel drops"));

  await sam.goto(`/pilot/${handoff.session_id}?pickup=true`);

  await expect(sam.getByText(/The assessment will appear here by itself/)).toBeVisible();
  await ai.clear();
  await expect(sam.getByText("Suggested next steps")).toBeVisible({ timeout: 30_000 });
  await expect(sam.getByText("Rehearsal model, not a real AI")).toBeVisible();
  await expect(sam.getByRole("dialog").getByRole("heading", { level: 1 })).toBeFocused();
});

test("one of two seniors claims the session, and the other sees who and what to do next", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Mail is down"), { priority: "urgent" });
  const path = `/pilot/${handoff.session_id}?pickup=true`;
  const pages = [await visit("sam", path), await visit("alex", path)];
  const buttons = pages.map((page) => page.getByRole("button", { name: "Start here" }));
  for (const button of buttons) await expect(button).toBeVisible();

  await Promise.all(buttons.map((button) => button.click({ noWaitAfter: true })));

  await expect.poll(async () => (await api("jane").handoff(handoff)).status).toBe("claimed");
  const winner = (await api("jane").handoff(handoff)).claimed_by!;
  const [winnerPage, loserPage] = winner.name === "Sam Rivera" ? pages : [...pages].reverse();
  await expect(winnerPage!.getByLabel("Message to the assistant")).toBeVisible();
  await expect(loserPage!.getByText(/picked this up/)).toContainText(`${winner.name} picked this up just now`);
  await expect(loserPage!.getByRole("dialog").getByRole("link", { name: /^Next:|Back to escalations/ }).last()).toBeVisible();
  await expect(loserPage!.getByRole("button", { name: "Start here" })).toHaveCount(0);
});

test("a reader of the context sees at once that somebody else has claimed it", async ({ visit, api }) => {
  const handoff = await api("jane").escalate(uniqueProblem("Backup fails"));
  const alex = await visit("alex", `/pilot/${handoff.session_id}?pickup=true`);
  await expect(alex.getByRole("button", { name: "Start here" })).toBeVisible();

  await api("sam").claim(handoff);

  await expect(alex.getByText(/picked this up/)).toContainText("Sam Rivera picked this up just now");
});

test("an unavailable AI is reported, and a retry works", async ({ visit, api, ai }) => {
  await ai.inject({ kind: "refusal" });
  const handoff = await api("jane").escalate(uniqueProblem("Printer prints in Klingon"));
  const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);
  await expect(sam.getByText("Assessment unavailable:")).toBeVisible({ timeout: 30_000 });
  await expect(sam.getByText(/declined to read this session/)).toBeVisible();
  await ai.clear();

  await sam.getByRole("button", { name: "Ask again" }).click();

  await expect(sam.getByText("Rehearsal model, not a real AI")).toBeVisible({ timeout: 30_000 });
});
