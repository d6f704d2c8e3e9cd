const GERMANY = [
  { date: "2026-12-25", name: "Christmas Day" },
  { date: "2027-10-03", name: "German Unity Day" },
];
const BAVARIA = [{ date: "2027-05-27", name: "Corpus Christi" }];
const SCHOOL = [{ date: "2027-03-22", name: "Easter vacation" }];

/** Answers with some holidays of Germany, where any other country has none. */
export function nationalHolidays(asked: URLSearchParams) {
  const countries = ["BE", "DE"];
  if (asked.get("country") !== "DE") return { countries, parts: [], also: [], items: [] };
  const items = [...GERMANY, ...(asked.get("part") === "BY" ? BAVARIA : []), ...(asked.get("also") === "school" ? SCHOOL : [])];
  return { countries, parts: [{ code: "BY", name: "Bayern" }], also: ["school"], items };
}
