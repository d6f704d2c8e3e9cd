import wordmark from "@/shared/ui/wordmark.module.css";

import classes from "./sign-in-page.module.css";

/** Shows the sign-in page. Without React, which is loaded once somebody is signed in. */
export function showSignInPage(root: HTMLElement, error: Error | null, onSignIn: () => void): void {
  const button = element("button", classes.button, "Sign in");
  button.type = "button";
  button.addEventListener("click", onSignIn);
  const card = element("div", classes.card);
  card.append(
    wordmarkElement(),
    element("h1", classes.title, "Hand a session over without losing a step"),
    ...(error ? [errorElement(error)] : []),
    button,
    element("p", classes.hint, "You come back to the page you asked for."),
  );
  const page = element("main", classes.page);
  page.append(card);
  root.replaceChildren(page);
  button.focus();
}

function errorElement(error: Error): HTMLElement {
  const text = `The sign-in did not work. Try again; if the problem persists, tell your administrator: “${error.message}”.`;
  const note = element("p", classes.error, text);
  note.role = "alert";
  return note;
}

/** As `Wordmark` draws it. */
function wordmarkElement(): HTMLElement {
  const svg = svgElement("svg", { width: "22", height: "22", viewBox: "0 0 32 32", "aria-hidden": "true" });
  svg.append(
    svgElement("rect", { width: "32", height: "32", rx: "8", class: wordmark.ground ?? "" }),
    svgElement("path", { d: "M8 21h7a5 5 0 0 0 5-5v-5m0 0-4 4m4-4 4 4", class: wordmark.stroke ?? "" }),
  );
  const mark = element("span", wordmark.mark);
  mark.append(svg, "FlowPilot");
  return mark;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className = "", text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function svgElement(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
