import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { Problem } from "@/shared/api/problem";

import { ProblemNote } from "./problem-note";

test.each(["already_claimed", "directed_elsewhere", "own_handoff", "a_code_of_tomorrow"])("the refusal %s is said once, with a way on", (code) => {
  const detail = "Sam Rivera is on it.";
  render(<ProblemNote error={new Problem({ code, status: 409, detail })} />);

  const words = screen.getByRole("alert").textContent;
  expect(words.split(detail)).toHaveLength(2);
  expect(words.endsWith(detail)).toBe(false);
});
