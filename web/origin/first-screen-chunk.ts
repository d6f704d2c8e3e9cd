import { fileURLToPath } from "node:url";

import type { Rolldown } from "vite";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const SIGN_IN = at("index.html");
const PAGES = at("src/app/render-app.tsx");
/** Vite's own, which loads chunks. */
const PRELOAD_HELPER = "\0vite/preload-helper.js";

/**
 * Puts the sign-in page's code into one file, and what the first screen needs beside it into another. Left alone, the
 * bundler makes a file of everything that some dialog shares with the first screen, and that would be twenty requests.
 */
export const inTwoFiles = {
  // As an entry, so that the bundler can tell its static imports ("$initial") from those of the dialogs.
  input: { index: SIGN_IN, "render-app": PAGES },
  preserveEntrySignatures: "allow-extension",
  output: {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ tags: ["$initial"], name: fileOf, debugName: "first screen" }],
    },
  },
} satisfies Rolldown.RolldownOptions;

function fileOf(id: string, context: Rolldown.ChunkingContext): string {
  return id === PRELOAD_HELPER || importsOf(SIGN_IN, context).has(id) ? "index" : "render-app";
}

/** A module, and all that it imports but by `import()`. */
function importsOf(id: string, context: Rolldown.ChunkingContext, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  context.getModuleInfo(id)?.importedIds.forEach((one) => importsOf(one, context, found));
  return found;
}
