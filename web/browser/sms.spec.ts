import { expect, test } from "./fixtures.ts";
import { postOfficeUrl } from "./stack.ts";

const NUMBER = "+12025550163";

/** The texts of the SMS to the number, as its phone got them. */
async function textsOfPhone(): Promise<string[]> {
  const messages = (await (await fetch(`${postOfficeUrl}/messages`)).json()) as { kind: string; to: string; text: string }[];
  return messages.filter(({ kind, to }) => kind === "sms" && to === NUMBER).map(({ text }) => text);
}

test("a number is confirmed by the code that comes to it, and removed again", async ({ visit }) => {
  const before = (await textsOfPhone()).length;
  const alex = await visit("alex", "/notifications");
  const section = alex.getByRole("region", { name: "SMS" });
  await section.getByLabel("Mobile number").fill("0202 555 0163");
  await section.getByRole("button", { name: "Send a code" }).click();
  await expect(section.getByText(/Begin with \+ and the country/)).toBeVisible();

  await section.getByLabel("Mobile number").fill("+1 202 555 0163");
  await section.getByRole("button", { name: "Send a code" }).click();
  await expect(section.getByText(`A code is on its way to ${NUMBER}`)).toBeVisible();
  await section.getByLabel("Code").fill("000000");
  await section.getByRole("button", { name: "Confirm" }).click();
  await expect(section.getByText(/You can try 4 more times/)).toBeVisible();
  await expect.poll(async () => (await textsOfPhone()).length).toBeGreaterThan(before);
  const code = /\b\d{6}\b/.exec((await textsOfPhone())[before] ?? "")?.[0] ?? "none came";
  await section.getByLabel("Code").fill(code);
  await section.getByRole("button", { name: "Confirm" }).click();

  const remove = section.getByRole("button", { name: `Remove ${NUMBER}` });
  await expect(remove).toBeVisible();
  await expect(alex.getByRole("group", { name: "Overdue escalations" }).getByLabel("By SMS")).toHaveValue("urgent");
  await remove.click();
  await expect(section.getByLabel("Mobile number")).toBeVisible();
});
