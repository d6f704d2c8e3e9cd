import { fireEvent, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { availabilityAt } from "@/shared/ui/presence";

import { AvailabilityDialog } from "./availability-dialog";
import { endOf } from "./availability-end";

const fake = setUpFakeApi();

function open() {
  const onClose = vi.fn();
  return { ...renderWithProviders(<AvailabilityDialog opened onClose={onClose} />, { as: people.sam }), onClose };
}

const said = () => fake.api.availability.get(people.sam.id);
const save = () => screen.getByRole("button", { name: "Save" });

test("somebody goes away for four hours", async () => {
  const before = Date.now();
  const { user, onClose } = open();

  await user.click(await screen.findByRole("radio", { name: "Away" }));
  await user.selectOptions(screen.getByLabelText("How long"), "For 4 hours");
  await user.click(save());

  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(said()?.presence).toBe("away");
  expect(Math.round((Date.parse(said()?.until ?? "") - before) / 3_600_000)).toBe(4);
});

test("somebody is available again without an end", async () => {
  fake.api.availability.set(people.sam.id, { presence: "busy", until: null });
  const { user, onClose } = open();
  expect(await screen.findByRole("radio", { name: "Busy" })).toBeChecked();

  await user.click(screen.getByRole("radio", { name: "Available" }));
  expect(screen.queryByLabelText("How long")).toBeNull();
  await user.click(save());

  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(said()).toEqual({ presence: "available", until: null });
});

test("a time that has passed is said so, and cannot be saved", async () => {
  const { user } = open();
  await user.click(await screen.findByRole("radio", { name: "Away" }));
  await user.selectOptions(screen.getByLabelText("How long"), "Until a date and time…");
  expect(save()).toBeDisabled();

  fireEvent.change(screen.getByLabelText(/^Until/), { target: { value: "2020-01-01T08:00" } });

  expect(screen.getByText("Choose a time that lies ahead.")).toBeInTheDocument();
  expect(save()).toBeDisabled();
});

test("a failure is shown, and the dialog stays", async () => {
  fake.server.use(http.put("*/me/availability", () => HttpResponse.error()));
  const { user, onClose } = open();
  await user.click(await screen.findByRole("radio", { name: "Busy" }));

  await user.click(save());

  expect(await screen.findByText("FlowPilot can't be reached")).toBeInTheDocument();
  expect(onClose).not.toHaveBeenCalled();
});

test("an end that has come makes a person available", () => {
  const away = { presence: "away", until: "2026-11-23T09:00:00.000Z" } as const;

  expect(availabilityAt(away, Date.parse("2026-11-23T08:59:59.000Z"))).toEqual(away);
  expect(availabilityAt(away, Date.parse(away.until)).presence).toBe("available");
});

test("tomorrow morning is 8:00 of the next day, also over the end of a month", () => {
  const end = new Date(endOf("tomorrow", "", new Date(2026, 10, 30, 17, 55).getTime()) ?? "");

  expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([2026, 11, 1, 8]);
});
