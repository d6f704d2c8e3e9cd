import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { RotaEditor } from "./rota-editor";
import { RotaView } from "./rota-view";

const fake = setUpFakeApi();
const zone = process.env.TZ;

/** Seven in the evening of the last of November in New York; in UTC it is December. */
beforeEach(() => {
  process.env.TZ = "America/New_York";
  vi.setSystemTime("2026-12-01T00:00:00Z");
});
afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const nothing = () => undefined;

test("a new rota starts on the day that it is where its author sits", () => {
  renderWithProviders(<RotaEditor id="new" isNew onSaved={nothing} onCancel={nothing} onDirtyChange={nothing} />, { as: people.olga });

  return expect(screen.findByLabelText("Start")).resolves.toHaveValue("2026-11-30");
});

test("the calendar begins with the month that it is where its reader sits", async () => {
  const rota = { time_zone: "America/New_York", people: [people.alex.id], handover: { weekday: null, time: "08:00" }, length: 1, starts_on: "2026-01-01" };
  fake.api.clock.rotas.save("nights", people.olga, { name: "Nights", rota });

  renderWithProviders(<RotaView id="nights" onDeleted={nothing} />, { as: people.olga });

  expect(await screen.findByRole("heading", { name: "November 2026" })).toBeInTheDocument();
});

test("who takes a shift of a rota in another time zone reads whose clocks its times are of", async () => {
  const rota = { time_zone: "Europe/London", people: [people.alex.id, people.jane.id], handover: { weekday: null, time: "08:00" }, length: 1, starts_on: "2026-01-01" };
  fake.api.clock.rotas.save("nights", people.olga, { name: "Nights", rota });
  const { user } = renderWithProviders(<RotaView id="nights" onDeleted={nothing} />, { as: people.sam });

  await user.click((await screen.findAllByRole("button", { name: /^Take the shift/ })).at(-1)!);

  expect(await screen.findByText(/You are on call in place of/)).toHaveTextContent(/08:00 \(Europe\/London\)\. They are told/);
  expect(within(screen.getByRole("dialog")).queryByText(/New_York/)).toBeNull();
});
