import type { Page, Request } from "@playwright/test";

import { expect, uniqueProblem, test } from "./fixtures.ts";

/** What a page may ask the API for after an action of its reader's own, the action's request included. */
const AFTER_ONES_OWN = 4;

/**
 * None of these follows from an action: secrets are looked for while somebody types, the feed is read once a minute, and who
 * reads along or waits for an assessment polls every ten seconds, which a slow stack reaches.
 */
const NOT_COUNTED = [/^POST .*\/redaction\/preview$/, /^GET .*\/feed$/, /^GET .*\/(turns|handoffs)$/];

/** Writes down what the page asks the API for from now on, and what of it was aborted. */
function watch(page: Page) {
  const asked: string[] = [];
  const aborted: string[] = [];
  const nameOf = (request: Request) => `${request.method()} ${new URL(request.url()).pathname.split("/api")[1]}`;
  page.on("request", (request) => {
    const name = nameOf(request);
    if (request.url().includes("/api/") && !NOT_COUNTED.some((pattern) => pattern.test(name))) asked.push(name);
  });
  page.on("requestfailed", (request) => {
    if (request.url().includes("/api/")) aborted.push(`${nameOf(request)}: ${request.failure()?.errorText}`);
  });
  return { asked, aborted, refreshes: () => asked.filter((one) => one === "GET /refresh").length };
}

/** Returns how many of the page's requests to the API have no answer yet. */
function countUnanswered(page: Page): () => number {
  const unanswered = new Set<Request>();
  page.on("request", (request) => request.url().includes("/api/") && unanswered.add(request));
  page.on("requestfinished", (request) => unanswered.delete(request));
  page.on("requestfailed", (request) => unanswered.delete(request));
  return () => unanswered.size;
}

/** Returns how many events the page has received over its socket, from its next load on. */
function countEvents(page: Page): () => number {
  let count = 0;
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).includes('"occurred_at"')) count += 1;
    }),
  );
  return () => count;
}

/** Returns how much a count has grown since now. */
function since(count: () => number): () => number {
  const before = count();
  return () => count() - before;
}

type Watched = ReturnType<typeof watch>;

/**
 * An action of one's own is read again after its answer, and once more for each of its `events`. Other cases of the account
 * have events meanwhile, too: each costs one request at most.
 */
async function expectFew({ asked, aborted, refreshes }: Watched, what: string, events: number, received: () => number): Promise<void> {
  await expect.poll(received).toBeGreaterThanOrEqual(events);
  await expect.poll(refreshes).toBeGreaterThanOrEqual(1);
  console.log(`${what}: ${asked.length} requests: ${asked.join(", ")}`);
  const ofOthers = Math.max(0, received() - events);
  expect(asked.length, asked.join(", ")).toBeLessThanOrEqual(AFTER_ONES_OWN + ofOthers);
  expect(aborted).toEqual([]);
}

// Other tests use the same account: an event of theirs that comes by the feed instead of the socket is not counted.
test.describe.configure({ retries: 2 });

test("a step, a hand off and a claim cost at most four requests each, and none is aborted", async ({ visit, ai }) => {
  const problem = uniqueProblem("Printer queue stalls");
  await ai.inject({ kind: "held", delay_s: 20, count: 1 });
  const [jane, sam] = [await visit("jane"), await visit("sam")];
  const [unansweredOfJane, unansweredOfSam] = [countUnanswered(jane), countUnanswered(sam)];
  const [eventsOfJane, eventsOfSam] = [countEvents(jane), countEvents(sam)];
  for (const page of [jane, sam]) await page.reload();
  for (const page of [jane, sam]) await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
  await jane.getByRole("button", { name: "New", exact: true }).click();
  await jane.getByLabel(/What is the problem/).fill(problem);
  await jane.getByRole("button", { name: "Start session" }).click();
  await jane.getByText("Record a step").click();
  await jane.getByLabel("What you tried").fill("Restarted the spooler");
  await jane.getByText("No effect", { exact: true }).click();

  await test.step("a step", async () => {
    const [watched, received] = [watch(jane), since(eventsOfJane)];
    await jane.getByRole("button", { name: "Add step" }).click();
    await expect(jane.getByRole("complementary").getByText("Restarted the spooler")).toBeVisible();
    await expectFew(watched, "step", 0, received);
  });

  await test.step("a hand off, and what it costs an open queue", async () => {
    await jane.getByRole("button", { name: "Hand off" }).click();
    await expect(jane.getByRole("button", { name: "Escalate", exact: true })).toBeVisible();
    await expect.poll(unansweredOfJane).toBe(0); // The dialog asks who is there.
    const [watched, ofStranger] = [watch(jane), watch(sam)];
    const [received, receivedBySam] = [since(eventsOfJane), since(eventsOfSam)];
    await jane.getByRole("button", { name: "Escalate", exact: true }).click();
    await expect(jane.getByText(/Waiting for a senior/).first()).toBeVisible();
    await expectFew(watched, "hand off", 1, received);
    await expect(sam.getByRole("main").getByRole("link", { name: problem })).toBeVisible();
    console.log(`a colleague's escalation: ${ofStranger.asked.join(", ")}`);
    expect([...new Set(ofStranger.asked)]).toEqual(["GET /refresh"]);
    expect(ofStranger.asked.length).toBeLessThanOrEqual(receivedBySam());
  });

  await test.step("a claim", async () => {
    await sam.getByRole("main").getByRole("link", { name: problem }).click();
    await expect(sam.getByRole("button", { name: "Start here" })).toBeEnabled();
    await expect.poll(unansweredOfSam).toBe(0);
    const [watched, received] = [watch(sam), since(eventsOfSam)];
    await sam.getByRole("button", { name: "Start here" }).click();
    await expect(sam.getByLabel("Message to the assistant")).toBeVisible();
    await ai.clear(); // The emulator hands out no event while the function that asks the AI runs.
    await expectFew(watched, "claim", 1, received);
  });

  await test.step("who handed it off sees who has it, by one request", async () => {
    await jane.goto("/");
    await expect(jane.getByRole("region", { name: "Handed off by you" }).getByRole("link", { name: problem })).toContainText("With Sam Rivera");
  });
});
