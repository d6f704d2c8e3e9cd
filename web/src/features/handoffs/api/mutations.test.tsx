import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import type { Handoff } from "@/shared/api/types";
import { staleKeysOf, type StateKey } from "@/shared/stale-keys";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { testProviders } from "@/shared/testing/render-with-providers";

import { useClaim, useHandOff, useRelease, useRequestAssessment, useRetryTicketNotes, useWithdraw } from "./mutations";

const fake = setUpFakeApi();

const ignore = () => undefined;
const openSession = () => fake.api.openSession(people.jane, { problem_summary: "VPN drops", psa_ticket_id: "48213" });
const escalate = () => fake.api.handOff(openSession().id, people.jane, { intent: "escalate" });

function escalateAndClaim(): Handoff {
  const handoff = escalate();
  fake.api.claim(handoff.session_id, handoff.id, people.sam);
  return handoff;
}

interface Mutation<Input> {
  mutateAsync: (input: Input) => Promise<unknown>;
}

/** Runs a mutation to its end and returns the keys that it made stale. */
async function keysRefreshedBy<Input>(useHook: () => Mutation<Input>, input: Input, as: FakePerson) {
  const { queries, Providers } = testProviders({ as });
  const { result } = renderHook(useHook, { wrapper: Providers });
  const all = staleKeysOf({ type: "request_refused", session_id: fake.api.events.at(-1)?.session_id ?? "session-1" });
  const old = {};
  const isRefreshed = (key: StateKey) => queries.getQueryState(key)?.isInvalidated === true || queries.getQueryData(key) !== old;
  all.forEach((key) => queries.setQueryData(key, old));
  await act(() => result.current.mutateAsync(input).catch(() => undefined));
  await waitFor(() => expect(all.some(isRefreshed)).toBe(true));
  return all.filter(isRefreshed);
}

const keysOfLastEvent = () => expect.arrayContaining(staleKeysOf(fake.api.events.at(-1)!)) as unknown;

test("a hand off refreshes what its event refreshes", async () => {
  const { id } = openSession();

  const keys = await keysRefreshedBy(() => useHandOff(id, ignore), { intent: "escalate" as const }, people.jane);

  expect(fake.api.events.at(-1)?.type).toBe("handoff_created");
  expect(keys).toEqual(keysOfLastEvent());
});

test("a claim refreshes what its event refreshes", async () => {
  const keys = await keysRefreshedBy(() => useClaim(ignore), escalate(), people.sam);

  expect(fake.api.events.at(-1)?.type).toBe("handoff_claimed");
  expect(keys).toEqual(keysOfLastEvent());
});

test("a claim of a handoff that came back since it was shown claims nothing", async () => {
  const shown = { ...escalate() };
  fake.api.claim(shown.session_id, shown.id, people.alex);
  fake.api.release(shown.session_id, shown.id, people.alex, "Needs the network team.");

  await keysRefreshedBy(() => useClaim(ignore), shown, people.sam);

  expect(fake.api.handoffs.get(shown.id)?.status).toBe("unclaimed");
});

test("a withdrawal refreshes what its event refreshes", async () => {
  const keys = await keysRefreshedBy(() => useWithdraw(ignore), { handoff: escalate(), body: {} }, people.jane);

  expect(fake.api.events.at(-1)?.type).toBe("handoff_withdrawn");
  expect(keys).toEqual(keysOfLastEvent());
});

test("a release refreshes what its event refreshes", async () => {
  const release = { handoff: escalateAndClaim(), body: { note: "Needs a network person" } };

  const keys = await keysRefreshedBy(() => useRelease(ignore), release, people.sam);

  expect(fake.api.events.at(-1)?.type).toBe("handoff_released");
  expect(keys).toEqual(keysOfLastEvent());
});

test("a retry of ticket notes refreshes what its event refreshes", async () => {
  const handoff = escalate();
  fake.api.setTicketNotes(handoff.id, { status: "failed", error: "403" });

  const keys = await keysRefreshedBy(useRetryTicketNotes, handoff, people.jane);

  expect(fake.api.events.at(-1)?.type).toBe("ticket_note_retried");
  expect(keys).toEqual(keysOfLastEvent());
});

test("a requested assessment refreshes what a finished one refreshes", async () => {
  const handoff = escalate();
  fake.api.assess(handoff.id, { error: "overloaded" });

  const keys = await keysRefreshedBy(useRequestAssessment, handoff, people.jane);

  expect(fake.api.events.at(-1)?.type).toBe("handoff_assessment_unavailable");
  expect(keys).toEqual(keysOfLastEvent());
});

test("a refused retry refreshes everything of its session", async () => {
  const handoff = escalate();

  const keys = await keysRefreshedBy(useRetryTicketNotes, handoff, people.jane);

  expect(keys).toEqual(staleKeysOf({ type: "request_refused", session_id: handoff.session_id }));
});
