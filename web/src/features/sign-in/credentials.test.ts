import { ErrorResponse, type User, UserManager } from "oidc-client-ts";
import { expect, test, vi } from "vitest";

import { TokenSource } from "./credentials";
import { safePath } from "./oidc-settings";

const user = (about: Partial<User>) => about as User;

/** A fake of the parts of `UserManager` that concern tokens. */
function managerOf(current: User | null, fresh: User | null | Error) {
  const { events } = new UserManager({ authority: "https://id.example", client_id: "page", redirect_uri: "/" });
  const signinSilent = vi.fn(() => (fresh instanceof Error ? Promise.reject(fresh) : Promise.resolve(fresh)));
  return { events, getUser: () => Promise.resolve(current), signinSilent };
}

const refreshable = user({ id_token: "old", refresh_token: "r" });

test("concurrent requests with an expired token share one renewal", async () => {
  const manager = managerOf(refreshable, user({ id_token: "new" }));
  const tokens = new TokenSource(manager);
  await tokens.resume();

  const renewed = await Promise.all([tokens.renew(), tokens.renew(), tokens.renew()]);

  expect(renewed).toEqual([true, true, true]);
  expect(tokens.token()).toBe("new");
  expect(manager.signinSilent).toHaveBeenCalledTimes(1);
});

test.each([
  ["the provider refuses", refreshable, new ErrorResponse({ error: "invalid_grant" })],
  ["there is no refresh token", user({ id_token: "old" }), user({ id_token: "new" })],
  ["nobody is signed in", null, null],
])("the sign-in has ended when %s", async (_case, current, fresh) => {
  const tokens = new TokenSource(managerOf(current, fresh));
  await tokens.resume();

  const renewed = await tokens.renew();

  expect([renewed, tokens.hasEnded()]).toEqual([false, true]);
});

test.each([
  ["it cannot be reached", new TypeError("Failed to fetch")],
  ["it has trouble of its own", new Error("Service Unavailable (503)")],
])("the sign-in has not ended when the provider gives no answer: %s", async (_case, trouble) => {
  const tokens = new TokenSource(managerOf(refreshable, trouble));
  await tokens.resume();

  await expect(tokens.renew()).rejects.toBe(trouble);

  expect(tokens.hasEnded()).toBe(false);
});

test("a page that opens while the provider is unreachable keeps its token", async () => {
  const manager = managerOf(user({ id_token: "old", refresh_token: "r", expired: true }), new TypeError("Failed to fetch"));
  const tokens = new TokenSource(manager);

  await tokens.resume();

  expect([tokens.token(), tokens.hasEnded()]).toEqual(["old", false]);
});

test("a new sign-in clears the ended state", async () => {
  const manager = managerOf(null, null);
  const tokens = new TokenSource(manager);
  await tokens.renew();

  await manager.events.load(user({ id_token: "again" }));

  expect([tokens.token(), tokens.hasEnded()]).toEqual(["again", false]);
});

test("a token that expired while the page was closed is renewed when it opens", async () => {
  const tokens = new TokenSource(managerOf(user({ id_token: "old", refresh_token: "r", expired: true }), user({ id_token: "new" })));

  await tokens.resume();

  expect(tokens.token()).toBe("new");
});

test.each([
  ["/pilot/7?pickup=true", "/pilot/7?pickup=true"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  [undefined, "/"],
])("a sign-in that started at %s returns to %s", (asked, led) => {
  expect(safePath(asked)).toBe(led);
});
