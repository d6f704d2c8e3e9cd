/** Shown when `config.json` cannot be loaded. Without styles, since nothing else has been loaded. */
export function StartFailed({ error }: { error: unknown }) {
  return (
    <main role="alert" className="start-failed">
      <h1>FlowPilot could not start</h1>
      <p>Check your connection and load the page again. If it stays, tell your administrator:</p>
      <p>
        <code>{error instanceof Error ? error.message : "unknown error"}</code>
      </p>
    </main>
  );
}
