import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { RotaEditor } from "@/features/clock/rotas/rota-editor";
import { RotaList } from "@/features/clock/rotas/rota-list";
import { RotaView } from "@/features/clock/rotas/rota-view";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
const as = people.olga;
const nights = () => fake.api.clock.rotas.one("nights");

/** A rota of two people from a past day on. */
function save(starts_on = "2026-01-01") {
  const rota = { time_zone: "Europe/Brussels", people: [people.alex.id, people.jane.id], handover: { weekday: null, time: "08:00" }, length: 1, starts_on };
  return fake.api.clock.rotas.save("nights", people.olga, { name: "Nights", rota });
}

const edit = (isNew: boolean) => {
  const onSaved = vi.fn();
  const page = <RotaEditor id="nights" isNew={isNew} onSaved={onSaved} onCancel={vi.fn()} onDirtyChange={vi.fn()} />;
  return { ...renderWithProviders(page, { as }), onSaved };
};

/** Chooses a time as a browser's picker does, at once. */
const choose = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

const view = (who = as) => renderWithProviders(<RotaView id="nights" onDeleted={vi.fn()} />, { as: who });

test("the list says who is on call, and lets only admins add", async () => {
  save();
  renderWithProviders(<RotaList />, { as: people.vic });

  expect(await screen.findByRole("link", { name: "Nights" })).toHaveAttribute("href", "/rotas/nights");
  expect(await screen.findByText("Alex Lindqvist")).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Add" })).toBeNull();
});

test("a rota is made of people in order, with a weekly handover", async () => {
  const { user, onSaved } = edit(true);

  await user.type(await screen.findByLabelText(/^Name/), "Nights");
  await user.clear(screen.getAllByLabelText(/Time zone/, { selector: "input" })[0]!);
  await user.type(screen.getAllByLabelText(/Time zone/, { selector: "input" })[0]!, "Europe/Brussels");
  const add = screen.getByLabelText("Add a person to the order");
  await within(add).findByRole("option", { name: "Sam Rivera" });
  expect(within(add).queryByRole("option", { name: "Vic Tran" })).toBeNull();
  await user.selectOptions(add, "Sam Rivera");
  await user.selectOptions(add, within(add).getByRole("option", { name: "Alex Lindqvist · on call" }));
  await user.click(screen.getByRole("button", { name: "Move Alex Lindqvist up" }));
  await user.selectOptions(screen.getByLabelText("Handover"), "Friday");
  await user.click(screen.getByRole("button", { name: "Add" }));

  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(nights().rota).toMatchObject({ people: [people.alex.id, people.sam.id], handover: { weekday: "fri", time: "08:00" }, length: 1 });
});

test("a rota without a name or people is not sent, and says so at its fields", async () => {
  const { user } = edit(true);

  await user.type(await screen.findByLabelText(/^Name/), " ");
  await user.click(screen.getByRole("button", { name: "Add" }));

  expect(screen.getByLabelText(/^Name/)).toHaveAccessibleDescription("Write a name.");
  expect(screen.getByText("Add somebody.")).toBeInTheDocument();
  expect(fake.api.clock.rotas.saved.size).toBe(0);
});

test("an override is sent in local time, and its error is shown at it", async () => {
  save();
  const { user, onSaved } = edit(false);

  await user.click(await screen.findByRole("button", { name: "Add an override" }));
  await user.selectOptions(screen.getByLabelText("Who"), "Sam Rivera");
  choose("From", "2026-12-24T12:00");
  choose("Until", "2026-12-24T11:00");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("an override ends after it begins")).toBeInTheDocument();
  choose("Until", "2026-12-26T08:00");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(nights().rota.overrides).toEqual([{ person: people.sam.id, begins_at: "2026-12-24T12:00", ends_at: "2026-12-26T08:00" }]);
});

test("a shift that somebody took meanwhile stays, and nothing typed is lost", async () => {
  save();
  const { user, onSaved } = edit(false);
  await user.type(await screen.findByLabelText(/^Name/), " and days");
  fake.api.clock.rotas.take("nights", people.sam, "2026-12-24T08:00:00.000Z");

  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Somebody else has saved this rota meanwhile/)).toHaveTextContent("not saved yet");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(nights().name).toBe("Nights and days");
  expect(nights().rota.overrides).toEqual([
    { person: people.sam.id, begins_at: "2026-12-24T08:00:00.000Z", ends_at: "2026-12-25T08:00:00.000Z" },
  ]);
});

test("a rota that was saved elsewhere is shown at once, or announced beside what is typed", async () => {
  save();
  const { user, queries } = edit(false);
  const name = await screen.findByLabelText(/^Name/);
  fake.api.clock.rotas.save("nights", people.olga, { ...nights(), name: "Late", version: null });
  await queries.refetchQueries();
  await waitFor(() => expect(name).toHaveValue("Late"));

  await user.type(name, " and long");
  fake.api.clock.rotas.take("nights", people.sam, "2026-12-24T08:00:00.000Z");
  await queries.refetchQueries();
  await user.click(await screen.findByRole("button", { name: "Load it" }));

  expect(name).toHaveValue("Late and long");
  expect(screen.getByRole("button", { name: "Remove override 1" })).toBeInTheDocument();
  expect(screen.getByText(/Somebody else has saved this rota meanwhile/)).toBeInTheDocument();
});

test("the calendar shows a month of shifts, and the months beside it", async () => {
  save();
  const { user } = view(people.vic);

  const table = await screen.findByRole("table");
  expect(within(table).getAllByRole("columnheader")).toHaveLength(7);
  expect((await within(table).findAllByText("Jane Cooper")).length).toBeGreaterThan(10);
  const month = screen.getByRole("heading", { level: 2, name: /20\d\d/ }).textContent;
  await user.click(screen.getByRole("button", { name: "Month after" }));

  expect(screen.getByRole("heading", { level: 2, name: /20\d\d/ })).not.toHaveTextContent(month);
  expect(screen.queryByRole("button", { name: /^Take the shift/ })).toBeNull();
});

test("a senior takes a shift of somebody else's, after a confirmation", async () => {
  save();
  const { user } = view(people.sam);
  await user.click(await screen.findByRole("button", { name: "Month after" }));

  const [first] = await screen.findAllByRole("button", { name: /^Take the shift of Jane Cooper from .*, 08:00/ });
  await user.click(first!);
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Take this shift" }));

  await waitFor(() => expect(nights().rota.overrides).toMatchObject([{ person: people.sam.id }]));
  expect(await within(screen.getByRole("table")).findAllByText("Sam Rivera")).not.toHaveLength(0);
});

test("the address of the feed is shown once, and revoked", async () => {
  save();
  const { user } = view();

  await user.click(await screen.findByRole("button", { name: "Make an address" }));
  expect(await screen.findByText(/\/api\/rotas\/nights\/calendar\.ics\?token=acme~secret$/)).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Revoke the address" }));

  await waitFor(() => expect(nights().calendar_issued_at).toBeNull());
  await waitFor(() => expect(screen.queryByText(/calendar\.ics/)).toBeNull());
});

test("a rota is deleted after a confirmation", async () => {
  save();
  const { user } = view();

  await user.click(await screen.findByRole("button", { name: "Delete the rota…" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

  await waitFor(() => expect(fake.api.clock.rotas.saved.size).toBe(0));
});
