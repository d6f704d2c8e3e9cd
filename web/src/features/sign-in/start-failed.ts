/** Shown when the page's configuration or its code cannot be loaded. Offers to reload. */
export function showStartFailed(root: HTMLElement, error: unknown): void {
  const page = document.createElement("main");
  page.className = "start-failed";
  page.role = "alert";
  const reload = textElement("button", "Reload");
  reload.addEventListener("click", () => window.location.reload());
  page.append(
    textElement("h1", "FlowPilot could not start"),
    textElement("p", "Check your connection and load the page again. If the problem persists, tell your administrator:"),
    textElement("code", error instanceof Error ? error.message : "unknown error"),
    reload,
  );
  root.replaceChildren(page);
}

function textElement(name: "h1" | "p" | "code" | "button", text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
