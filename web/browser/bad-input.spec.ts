import type { Page } from "@playwright/test";

import { expect, uniqueProblem, signIn, test } from "./fixtures.ts";

const HOSTILE = [
  `<script>document.title="owned"</script><img src=x onerror="document.title='owned'">`,
  "![pixel](https://evil.example/p.png) [click](javascript:alert(1))",
  "invoice\u202Egpj.exe \u2066end",
  "W".repeat(1_500),
].join("\n");

const field = (page: Page) => page.getByLabel("Message to the assistant");

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("hostile text is shown as text on every screen and breaks no layout", async ({ visit, api }) => {
  const jane = api("jane");
  const session = await jane.openSession({ problem_summary: `${uniqueProblem("Hostile")} ${HOSTILE}`, psa_ticket_id: "T".repeat(64) });
  await jane.addStep(session, HOSTILE, "no_effect");
  const handoff = await jane.handOff(session, { engineer_notes: "x".repeat(10_000), priority: "urgent" });
  const requested: string[] = [];

  for (const width of [390, 1440]) {
    const sam = await visit("sam", "/", { viewport: { width, height: 844 } });
    sam.on("request", (request) => requested.push(request.url()));
    await expect(sam.getByRole("main").getByText("Hostile (case").first()).toBeVisible();
    expect(await overflow(sam)).toBeLessThanOrEqual(0);
    await sam.goto(`/pilot/${handoff.session_id}?pickup=true`);
    await expect(sam.getByRole("dialog").getByRole("heading", { level: 1 })).toBeFocused();
    expect(await overflow(sam)).toBeLessThanOrEqual(0);
    expect(await sam.title()).toContain("FlowPilot");
  }

  expect(requested.filter((url) => url.includes("evil.example"))).toEqual([]);
});

test("a message of one word with ten thousand characters can be sent", async ({ visit, api }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Log") });
  const jane = await visit("jane", `/pilot/${session.id}`, { viewport: { width: 390, height: 844 } });

  await field(jane).fill("a".repeat(10_000));
  await jane.getByRole("button", { name: "Send message" }).click();

  await expect(jane.getByRole("list", { name: "Conversation and steps" }).getByText("Jane Cooper").first()).toBeVisible();
  expect(await overflow(jane)).toBeLessThanOrEqual(0);
});

test("an expired sign-in loses no text", async ({ visit, api, stack }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Long shift") });
  const jane = await visit("jane", `/pilot/${session.id}`);
  await field(jane).fill("What I found out in the last hour");
  await jane.route("**/oauth2/token", (route) => route.fulfill({ status: 400, json: { error: "invalid_grant" } }));
  await jane.route("**/api/**", (route) => route.fulfill({ status: 401, json: { code: "unauthenticated", detail: "No." } }));

  await field(jane).press("Enter"); // A click fails when another request has shown the prompt first.
  await expect(jane.getByText("Your sign-in has ended").first()).toBeVisible();
  await jane.unrouteAll();
  await signIn(jane, stack, "jane");

  await expect(field(jane)).toHaveValue("What I found out in the last hour");
  expect(new URL(jane.url()).pathname).toBe(`/pilot/${session.id}`);
});

const REFUSALS = [
  { status: 409, code: "stale_epoch", title: "The session changed hands" },
  { status: 422, code: "invalid_request", title: "Something needs correcting" },
  { status: 429, code: "too_many_requests", title: "Too many requests just now" },
  { status: 500, code: "internal", title: "Something broke on our side" },
  { status: 502, code: "", title: "Something broke on our side" },
];

for (const { status, code, title } of REFUSALS) {
  test(`an API that answers ${status} shows advice and keeps the text`, async ({ visit, api }) => {
    const session = await api("jane").openSession({ problem_summary: uniqueProblem(`Answer ${status}`) });
    const jane = await visit("jane", `/pilot/${session.id}`);
    await jane.route("**/messages", (route) =>
      route.fulfill({ status, ...(code ? { json: { code, detail: "No." } } : { body: "<html>Bad Gateway</html>" }) }),
    );

    await field(jane).fill("Do not lose me");
    await jane.getByRole("button", { name: "Send message" }).click();

    await expect(jane.getByText(title)).toBeVisible();
    await expect(field(jane)).toHaveValue("Do not lose me");
  });
}

test("a message whose response is lost is reported, and a retry stores it once", async ({ visit, api }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Silence") });
  const jane = await visit("jane", `/pilot/${session.id}`);
  await expect(field(jane)).toBeVisible();
  await jane.route("**/messages", async (route) => {
    await route.fetch(); // The request arrives, but its response is lost.
    await route.abort("connectionreset");
  });
  await field(jane).fill("Said once");
  await jane.getByRole("button", { name: "Send message" }).click();
  await expect(jane.getByText("FlowPilot can't be reached")).toBeVisible();
  await jane.unrouteAll();

  await jane.getByRole("button", { name: "Send message" }).click();

  await expect(field(jane)).toHaveValue("");
  await expect(jane.getByRole("list", { name: "Conversation and steps" }).getByText("Said once", { exact: true })).toHaveCount(1);
});

test("drafts in all fields survive a reload", async ({ visit, api }) => {
  const session = await api("jane").openSession({ problem_summary: uniqueProblem("Reload") });
  const jane = await visit("jane", `/pilot/${session.id}`);
  await field(jane).fill("Half a thought");
  await jane.getByRole("button", { name: "Hand off" }).click();
  await jane.getByLabel(/Notes for the next person/).fill("Half a note");

  await jane.reload();

  await expect(field(jane)).toHaveValue("Half a thought");
  await jane.getByRole("button", { name: "Hand off" }).click();
  await expect(jane.getByLabel(/Notes for the next person/)).toHaveValue("Half a note");
});

test.describe("a pickup link to a handoff that is", () => {
  test("claimed shows by whom and when", async ({ visit, api }) => {
    const handoff = await api("jane").escalate(uniqueProblem("Claimed"));
    await api("alex").claim(handoff);

    const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);

    await expect(sam.getByText(/picked this up/)).toContainText("Alex Lindqvist picked this up just now");
    await expect(sam.getByRole("button", { name: "Start here" })).toHaveCount(0);
  });

  test("withdrawn shows who took it back", async ({ visit, api }) => {
    const handoff = await api("jane").escalate(uniqueProblem("Withdrawn"));
    await api("jane").withdraw(handoff);

    const sam = await visit("sam", `/pilot/${handoff.session_id}?pickup=true`);

    await expect(sam.getByText(/took this back/)).toContainText("Jane Cooper took this back just now");
  });

  test("another account's is not found and reveals nothing", async ({ visit, api }) => {
    const handoff = await api("jane").escalate(uniqueProblem("Foreign"));

    const hank = await visit("hank", `/pilot/${handoff.session_id}?pickup=true`);

    await expect(hank.getByText("This handoff can't be found")).toBeVisible();
    await expect(hank.getByText("Foreign")).toHaveCount(0);
  });

  test("absent is not found, with the same text", async ({ visit }) => {
    const sam = await visit("sam", "/pilot/00000000-0000-4000-8000-000000000000?pickup=true");

    await expect(sam.getByText("This handoff can't be found")).toBeVisible();
  });

  test("addressed by an invalid id is not found", async ({ visit }) => {
    const sam = await visit("sam", "/pilot/%3Cscript%3E?pickup=true");

    await expect(sam.getByText("This handoff can't be found")).toBeVisible();
  });
});
