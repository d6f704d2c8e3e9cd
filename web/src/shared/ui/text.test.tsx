import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { ageOf, timeOfDay } from "./age-text";
import { ConfidenceBadge } from "./confidence-badge";
import { oneLine, plainText } from "./plain-text";
import { Prose } from "./prose";
import { UserText } from "./user-text";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

test.each([
  [-30, "now"],
  [59, "now"],
  [60, "1 min"],
  [3599, "59 min"],
  [3600, "1 h"],
  [7800, "2 h 10 min"],
  [6 * 3600 + 1800, "6 h"],
  [86_400 * 3, "3 d"],
])("%i seconds ago reads %s", (seconds, text) => {
  expect(ageOf(ago(seconds), NOW)).toBe(text);
});

test.each([
  [0, /^(?!.*(Mon|23))/],
  [5, /^(?!.*28).*Sat/],
  [7, /\b30\b/],
  [-20, /\b3\b/],
])("noon in %i days is named so that it is no other day", (days, name) => {
  expect(timeOfDay(new Date(NOW + days * 86_400_000).toISOString(), NOW)).toMatch(name);
});

describe("untrusted text", () => {
  test("loses characters that reorder the words next to it", () => {
    expect(plainText("invoice\u202Egpj.exe\u2066")).toBe("invoicegpj.exe");
  });

  test("keeps right-to-left scripts", () => {
    expect(plainText("مرحبا שלום")).toBe("مرحبا שלום");
  });

  test("is shown as text, including markup", () => {
    const { container } = render(<UserText>{'<img src=x onerror="alert(1)"><script>1</script>'}</UserText>);

    expect(container.querySelector("img, script")).toBeNull();
    expect(screen.getByText(/<script>1<\/script>/)).toBeInTheDocument();
  });

  test("is truncated to a length in labels", () => {
    expect(oneLine("a  b\nc", 3)).toBe("a…");
  });

  test("is not truncated within an emoji", () => {
    expect(oneLine("VPN 🔥🔥🔥 down", 6)).toBe("VPN 🔥…");
  });
});

describe("text of a model", () => {
  test("loads nothing and links nowhere", () => {
    const { container } = render(<Prose>{"![x](https://evil.example/p.png) [here](javascript:alert(1)) <b>hi</b>"}</Prose>);

    expect(container.querySelector("img, a, b")).toBeNull();
    expect(container).toHaveTextContent("![x](https://evil.example/p.png) [here](javascript:alert(1)) <b>hi</b>");
  });

  test("is formatted with lists, code and bold", () => {
    const { container } = render(<Prose>{"Try **this**:\n1. `ping` it\n2. wait\n\n```\nline\n```"}</Prose>);

    expect([...container.querySelectorAll("li")].map((item) => item.textContent)).toEqual(["ping it", "wait"]);
    expect(container.querySelector("strong")).toHaveTextContent("this");
    expect(container.querySelector("pre")).toHaveTextContent("line");
  });

  test("is shown completely when a code block is not closed", () => {
    const { container } = render(<Prose>{"```\nthe rest"}</Prose>);

    expect(container).toHaveTextContent("the rest");
  });
});

test.each([
  [0, "Low confidence · 0%"],
  [0.39, "Low confidence · 39%"],
  [0.4, "Medium confidence · 40%"],
  [0.75, "High confidence · 75%"],
  [1, "High confidence · 100%"],
  [7, "High confidence · 100%"],
  [-1, "Low confidence · 0%"],
  [Number.NaN, "Low confidence"],
  ["low", "Low confidence"],
  ["medium", "Medium confidence"],
  ["high", "High confidence"],
] as const)("a confidence of %s reads %s", (value, text) => {
  render(<ConfidenceBadge value={value} />);

  expect(screen.getByText(text)).toBeInTheDocument();
});
