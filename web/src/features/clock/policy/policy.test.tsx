import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { DEFAULT_POLICY } from "@fake/policies";
import { PolicyEditor } from "@/features/clock/policy/policy-editor";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
const policy = () => fake.api.clock.policies.saved.policy;

/** The first field with a label; the list that belongs to it has the same one. */
const field = (label: string | RegExp) => screen.getAllByLabelText(label, { selector: "input" })[0]!;

async function visit() {
  const onDirtyChange = vi.fn();
  const { user, queries } = renderWithProviders(<PolicyEditor onDirtyChange={onDirtyChange} />, { as: people.olga });
  await screen.findByRole("region", { name: "Working time" });
  const write = async (label: string | RegExp, text: string) => {
    await user.clear(field(label));
    await user.type(field(label), text);
  };
  const save = () => user.click(screen.getByRole("button", { name: "Save" }));
  return { user, queries, write, save, onDirtyChange };
}

const open = (name: RegExp) => screen.findByRole("button", { name, expanded: false });

test("an account that has set nothing sees the defaults, and that they are in force", async () => {
  await visit();

  expect(screen.getByText(/These are the defaults/)).toBeInTheDocument();
  expect(screen.getByLabelText("Monday")).toHaveValue("08:00-18:00");
  expect(await open(/Urgent/)).toHaveTextContent("Around the clock · at once: on call, skilled in the domain · 5 min: all seniors · 15 min: admins");
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("hours, holidays and zone are saved as the API has them", async () => {
  const { user, write, save } = await visit();

  await write("Wednesday", "8-12, 22:00-06:00");
  expect(screen.getByText("22:00-06:00 ends at 06:00 on Thursday.")).toBeInTheDocument();
  await write(/Time zone/, "Asia/Tokyo");
  await write("Date of a holiday", "2026-12-25");
  await user.keyboard("{Enter}");
  expect(screen.getByRole("list", { name: "Holidays" })).toHaveTextContent("Fri 25 Dec 2026");
  await save();

  await waitFor(() => expect(fake.api.clock.policies.saved.version).toBe(1));
  expect(policy()).toMatchObject({ time_zone: "Asia/Tokyo", holidays: ["2026-12-25"] });
  expect(policy().working_hours?.wed).toEqual([["08:00", "12:00"], ["22:00", "06:00"]]);
  await waitFor(() => expect(screen.getByRole("button", { name: "Save" })).toBeDisabled());
});

test("a step is added that tells a named person", async () => {
  const { user, save } = await visit();

  await user.click(await open(/Low/));
  await user.click(screen.getByRole("button", { name: "Add a step" }));
  const second = screen.getByRole("group", { name: "Step 2 tells" });
  await user.click(within(second).getByLabelText("All seniors"));
  await user.selectOptions(within(second).getByLabelText(/add a person/), "Sam Rivera");
  await save();

  await waitFor(() =>
    expect(policy().priorities?.low?.ladder).toEqual([
      { after_min: 0, tell: ["on_call"] },
      { after_min: 30, tell: [`person:${people.sam.id}`] },
    ]),
  );
});

test("a client gets rules of its own, and they are put in order", async () => {
  fake.api.clock.policies.saved = { version: 3, policy: { ...DEFAULT_POLICY, clients: [{ match: { type: "Managed" }, ai: "off" }] } };
  const { user, write, save } = await visit();

  await user.click(screen.getByRole("button", { name: "Add a client" }));
  await write("Name or id", "Acorn");
  await user.selectOptions(screen.getByLabelText("Around the clock"), "Always");
  await user.selectOptions(screen.getByLabelText("Told first"), "Sam Rivera");
  await user.click(screen.getByLabelText("Working hours of their own"));
  await user.click(screen.getByRole("button", { name: "Move Acorn up" }));
  expect(screen.getByRole("button", { name: /^Acorn/ })).toHaveTextContent("Around the clock, own hours, Sam Rivera first");
  await save();

  await waitFor(() => expect(fake.api.clock.policies.saved.version).toBe(4));
  expect(policy().clients).toMatchObject([
    { match: { client: "Acorn" }, around_the_clock: true, senior: people.sam.id, working_hours: DEFAULT_POLICY.working_hours, ladder: null },
    { match: { type: "Managed" }, ai: "off" },
  ]);
});

test("a client in another country gets the holidays of that country, and the account keeps its own", async () => {
  const holidays = ["2026-07-21", "2026-11-11"];
  fake.api.clock.policies.saved = { version: 3, policy: { ...DEFAULT_POLICY, holidays, clients: [{ match: { client: "Acorn" } }] } };
  const { user, save } = await visit();
  await user.click(await open(/^Acorn/));
  const client = within(within(screen.getByRole("list", { name: "Clients" })).getByRole("listitem"));
  await user.click(client.getByLabelText("Holidays of their own"));

  await user.click(client.getByRole("button", { name: "Remove all" }));
  await client.findByRole("option", { name: "Germany" });
  await user.selectOptions(client.getByLabelText("Country"), "Germany");
  await user.click(await client.findByRole("button", { name: "Add 2 days" }));
  await save();

  await waitFor(() => expect(fake.api.clock.policies.saved.version).toBe(4));
  expect(policy()).toMatchObject({ holidays, clients: [{ holidays: ["2026-12-25", "2027-10-03"] }] });
});

test("an error of the API is shown at its field, which is opened and gets the focus", async () => {
  const { user, write, save } = await visit();
  await user.click(await open(/High/));
  await write("After (min)", "99");
  await user.click(screen.getByRole("button", { name: /High/, expanded: true }));
  await save();

  expect(await screen.findByText("a step after 5 min follows one after 15 min")).toBeInTheDocument();
  expect(fake.api.clock.policies.saved.version).toBe(0);
});

test.each([
  ["Monday", "25:00-26:00", "'25:00' is no time of day"],
  [/Time zone/, "Mars", "'Mars' is no time zone of the IANA database"],
])("what the API refuses of %s is said there", async (label, text, said) => {
  const { write, save } = await visit();

  await write(label, text);
  await save();

  await waitFor(() => expect(field(label)).toHaveAccessibleDescription(expect.stringContaining(said)));
  expect(field(label)).toHaveFocus();
});

test("what cannot be read is said at its field, and nothing is sent", async () => {
  const { write, save } = await visit();

  await write("Friday", "all day");
  await write(/Directed to one person/, "ten");
  await save();

  expect(screen.getByLabelText("Friday")).toBeInvalid();
  expect(screen.getByLabelText(/Directed to one person/)).toHaveAccessibleDescription(expect.stringContaining("Write a whole number."));
  expect(screen.getByText(/Nothing was saved/)).toBeInTheDocument();
  expect(fake.api.clock.policies.saved.version).toBe(0);
});

test("what somebody else saved meanwhile is merged, and nothing typed is lost", async () => {
  const { write, save } = await visit();
  await write(/Directed to one person/, "7");
  fake.api.clock.policies.saved = { version: 1, policy: { ...DEFAULT_POLICY, holidays: ["2026-12-26"] } };

  await save();

  expect(await screen.findByText(/Somebody else has saved the policy meanwhile/)).toBeInTheDocument();
  expect(screen.getByText(/Their changes of holidays are shown/)).toBeInTheDocument();
  expect(screen.getByLabelText(/Directed to one person/)).toHaveValue("7");
  await save();
  await waitFor(() => expect(fake.api.clock.policies.saved.version).toBe(2));
  expect(policy()).toMatchObject({ direct_for_min: 7, holidays: ["2026-12-26"] });
});

test("a policy that was saved elsewhere is announced beside what is typed, and merged on demand", async () => {
  const { user, queries, write, save } = await visit();
  await write(/Directed to one person/, "7");
  fake.api.clock.policies.saved = { version: 1, policy: { ...DEFAULT_POLICY, holidays: ["2026-12-26"] } };
  await queries.refetchQueries();

  expect(await screen.findByText("Changed elsewhere meanwhile")).toBeVisible();
  expect(screen.getByLabelText(/Directed to one person/)).toHaveValue("7");
  await user.click(screen.getByRole("button", { name: "Load it" }));

  expect(screen.getByText(/Their changes of holidays are shown/)).toBeInTheDocument();
  expect(screen.queryByText("Changed elsewhere meanwhile")).toBeNull();
  await save();
  await waitFor(() => expect(policy()).toMatchObject({ direct_for_min: 7, holidays: ["2026-12-26"] }));
});

test("changes are reported until they are saved or discarded", async () => {
  const { user, write, onDirtyChange } = await visit();

  await write("Monday", "9-17");
  expect(onDirtyChange).toHaveBeenLastCalledWith(true);
  await user.click(screen.getByRole("button", { name: "Discard" }));

  expect(onDirtyChange).toHaveBeenLastCalledWith(false);
  expect(screen.getByLabelText("Monday")).toHaveValue("08:00-18:00");
});

test("the preview says whom the policy as edited would tell, on the clocks that the API names", async () => {
  const { user, write } = await visit();
  const preview = within(screen.getByRole("region", { name: "Preview" }));
  await write("Handed off at", "2026-11-27T17:55");
  expect(await preview.findByText("An urgent escalation at 17:55 on Friday 27 November:")).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Add a client" }));
  await write("Name or id", "Acorn");
  await user.selectOptions(screen.getByLabelText("Told first"), "Sam Rivera");
  await user.selectOptions(preview.getByLabelText("Client"), "Acorn");

  await waitFor(() => {
    const steps = preview.getAllByRole("listitem").map((item) => item.textContent);
    expect(steps[0]).toContain("17:55Sam Rivera");
    expect(steps[1]).toContain("18:00all seniorsSam Rivera, Alex Lindqvist");
  });
});

test("a preview that fails says so, and is asked again", async () => {
  fake.server.use(http.post("*/api/policy/preview", () => HttpResponse.json({ code: "unavailable" }, { status: 503 }), { once: true }));
  const { user } = await visit();
  const preview = within(screen.getByRole("region", { name: "Preview" }));

  await user.click(await preview.findByRole("button", { name: "Try again" }));

  expect(await preview.findByText(/An urgent escalation/)).toBeInTheDocument();
});
