import { describe, expect, test } from "vitest";

import { fieldErrors, personIn, Problem, problemOf, sentenceOf, unreachable } from "./problem";

const answer = (status: number, headers: HeadersInit = {}) => new Response(null, { status, headers });

describe("problemOf", () => {
  test("reads code, detail and the fields of the code", () => {
    const body = { type: "about:blank", title: "Conflict", status: 409, code: "already_claimed", detail: "Sam has it." };

    const problem = problemOf(answer(409), { ...body, claimed_by: { id: "1", name: "Sam" } });

    expect([problem.code, problem.message, personIn(problem, "claimed_by")]).toEqual([
      "already_claimed",
      "Sam has it.",
      { id: "1", name: "Sam" },
    ]);
  });

  test("takes a gateway's own page for an unexpected failure", () => {
    const problem = problemOf(answer(502), "<html>Bad Gateway</html>");

    expect([problem.code, problem.message]).toEqual(["unexpected", "The server answered 502."]);
  });

  test("parses both forms of Retry-After", () => {
    const inTwoMinutes = new Date(Date.now() + 120_000).toUTCString();

    const seconds = problemOf(answer(429, { "Retry-After": "7" }), null).retryAfterMs;
    const date = problemOf(answer(503, { "Retry-After": inTwoMinutes }), null).retryAfterMs;

    expect(seconds).toBe(7000);
    expect(date).toBeGreaterThan(110_000);
  });

  test.each(["soon", ""])("ignores a Retry-After of %j", (header) => {
    expect(problemOf(answer(429, { "Retry-After": header }), null).retryAfterMs).toBeNull();
  });

  test.each([null, 7, [], { code: 3, detail: null, errors: "x" }])("survives a body of %j", (body) => {
    const problem = problemOf(answer(500), body);

    expect([problem.code, fieldErrors(problem)]).toEqual(["unexpected", []]);
  });
});

test("field errors name the field of the body that was refused", () => {
  const errors = [{ pointer: "/psa_ticket_id", detail: "has a space in it" }, "nonsense"];

  const problem = problemOf(answer(422), { code: "invalid_request", detail: "No.", errors });

  expect(fieldErrors(problem)).toEqual([{ pointer: "/psa_ticket_id", detail: "has a space in it" }]);
  expect(fieldErrors(problem).map(sentenceOf)).toEqual(["psa ticket id: has a space in it"]);
});

test.each([
  [0, true],
  [429, true],
  [500, true],
  [503, true],
  [400, false],
  [401, false],
  [404, false],
  [409, false],
])("a problem with status %i is transient: %s", (status, passing) => {
  expect(new Problem({ code: "x", status, detail: "" }).isPassing).toBe(passing);
});

test("a problem distinguishes a timeout from a lost network", () => {
  expect(unreachable(new DOMException("", "TimeoutError")).code).toBe("timeout");
  expect(unreachable(new TypeError("Failed to fetch")).code).toBe("unreachable");
});
