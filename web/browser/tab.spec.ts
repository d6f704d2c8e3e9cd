import { expect, test, uniqueProblem } from "./fixtures.ts";

test("the tab says what waits, and a claim closes what the browser shows of the handoff", async ({ visit, api, stack }) => {
  const sam = await visit("sam", "/", { permissions: ["notifications"] });
  await expect(sam.getByRole("heading", { name: "Escalations" })).toBeVisible();
  const handoff = await api("jane").escalate(uniqueProblem("Kiosk shows no queue numbers"), { priority: "urgent" });
  await expect(sam).toHaveTitle(/^\(\d+\+?\) Escalations · FlowPilot$/);
  await expect(sam.locator('link[rel="icon"]')).toHaveAttribute("href", /^data:image\/svg\+xml,.*text/);

  const shown = (tag: string) =>
    sam.evaluate(async (name) => {
      const registration = await navigator.serviceWorker.getRegistration("/service-worker.js");
      return (await registration?.getNotifications({ tag: name }))?.length;
    }, tag);
  // The push service of a browser is on the internet, so the test shows what the worker would show.
  await sam.evaluate(
    async (tags) => {
      await navigator.serviceWorker.register("/service-worker.js");
      const registration = await navigator.serviceWorker.ready;
      await Promise.all(tags.map((tag) => registration.showNotification("Escalation from Jane Cooper", { tag })));
    },
    [handoff.id, "another"],
  );
  expect([await shown(handoff.id), await shown("another")]).toEqual([1, 1]);
  await sam.goto(`${stack.web_url}/pilot/${handoff.session_id}?pickup=true`);
  await sam.getByRole("button", { name: "Start here" }).click();

  await expect.poll(() => shown(handoff.id)).toBe(0);
  expect(await shown("another")).toBe(1);
});
