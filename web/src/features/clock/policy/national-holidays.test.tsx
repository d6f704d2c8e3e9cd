import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { NationalHolidays } from "./national-holidays";

setUpFakeApi();

function Holidays({ saved }: { saved: string[] }) {
  const [dates, setDates] = useState(saved);
  return (
    <>
      <NationalHolidays dates={dates} onChange={setDates} />
      <output aria-label="Dates">{dates.join(" ")}</output>
    </>
  );
}

async function choose(saved: string[] = []) {
  const { user } = renderWithProviders(<Holidays saved={saved} />, { as: people.olga });
  await screen.findByRole("option", { name: "Germany" });
  await user.selectOptions(screen.getByLabelText("Country"), "Germany");
  return user;
}

test("the holidays of a part are added as dates, beside those that are there", async () => {
  const user = await choose(["2026-12-24"]);

  await screen.findByRole("option", { name: "Bayern" });
  await user.selectOptions(screen.getByLabelText("Part of the country"), "Bayern");
  await user.click(await screen.findByRole("button", { name: "Add 3 days" }));

  expect(screen.getByLabelText("Dates")).toHaveTextContent("2026-12-24 2026-12-25 2027-05-27 2027-10-03");
  expect(screen.getByRole("button", { name: "All are there" })).toBeDisabled();
});

test("optional days are added only by choice", async () => {
  const user = await choose();
  await user.click(await screen.findByRole("button", { name: "Add 2 days" }));

  await user.click(screen.getByLabelText("Also: school"));
  await user.click(await screen.findByRole("button", { name: "Add 1 day" }));

  expect(screen.getByLabelText("Dates")).toHaveTextContent("2026-12-25 2027-03-22 2027-10-03");
});
