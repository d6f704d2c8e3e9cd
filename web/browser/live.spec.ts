import { expect, uniqueProblem, test } from "./fixtures.ts";

test("a lost socket reconnects, and events of the gap are shown", async ({ visit, api, stack }) => {
  let cut: (() => Promise<void>) | undefined;
  const sam = await visit("sam", "/", {});
  const url = new RegExp(stack.endpoint_url.replace(/^http/, "ws"));
  await sam.routeWebSocket(url, (socket) => {
    socket.connectToServer();
    cut = () => socket.close({ code: 1011 });
  });
  await sam.reload();
  await expect(sam.getByText("Live", { exact: true }).first()).toBeVisible();

  await cut?.();
  await expect(sam.getByText("Live", { exact: true })).toHaveCount(0);
  const handoff = await api("jane").escalate(uniqueProblem("Switch rebooted"));

  await expect(sam.getByText("Live", { exact: true }).first()).toBeVisible();
  await expect(sam.getByRole("main").getByText(handoff.snapshot.problem_summary)).toBeVisible();
});

test("a page without sockets polls and says so", async ({ visit, api }) => {
  const sam = await visit("sam");
  await sam.clock.install();
  await sam.route("**/api/start", async (route) => {
    const response = await route.fetch();
    const start = (await response.json()) as object;
    await route.fulfill({ response, json: { ...start, live: null } });
  });
  await sam.route("**/api/live/tokens", (route) => route.fulfill({ status: 404, json: { code: "not_found" } }));
  await sam.reload();
  await expect(sam.getByText("Checking for news every 10 s")).toBeVisible();

  const handoff = await api("jane").escalate(uniqueProblem("Router hums"));
  await sam.clock.runFor(10_000);

  await expect(sam.getByRole("main").getByText(handoff.snapshot.problem_summary)).toBeVisible();
});

test("a row leaves all queues when it is claimed and returns when it is released", async ({ visit, api }) => {
  const problem = uniqueProblem("Disk full");
  const handoff = await api("jane").escalate(problem);
  const alex = await visit("alex");
  const row = alex.getByRole("main").getByText(problem);
  await expect(row).toBeVisible();

  await api("sam").claim(handoff);
  await expect(row).toHaveCount(0);
  const sam = await visit("sam", `/pilot/${handoff.session_id}`);
  await sam.getByRole("button", { name: "More actions" }).click();
  await sam.getByRole("menuitem", { name: /Return to queue/ }).click();
  await sam.getByLabel(/Note for the person/).fill("Needs storage rights");
  await sam.getByRole("button", { name: "Return to queue" }).click();

  await expect(row).toBeVisible();
});
