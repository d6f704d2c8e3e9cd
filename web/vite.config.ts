import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { inTwoFiles } from "./origin/first-screen-chunk.ts";
import { firstScreenFiles } from "./origin/first-screen-files.ts";
import { sameOrigin } from "./origin/same-origin.ts";

export default defineConfig({
  plugins: [react(), sameOrigin(process.env), firstScreenFiles()],
  resolve: {
    alias: {
      "@fake": fileURLToPath(new URL("fake", import.meta.url)),
      "@": fileURLToPath(new URL("src", import.meta.url)),
    },
  },
  // The first screen is one file of about 500 kB before compression; `npm run size` holds what is sent.
  build: { target: "es2022", sourcemap: false, manifest: true, rolldownOptions: inTwoFiles, chunkSizeWarningLimit: 600 },
  server: { port: 8091, strictPort: true },
  preview: { port: Number(process.env.FLOWPILOT_WEB_PORT ?? 8080), strictPort: true, host: "localhost" },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "fake/**/*.test.ts"],
    setupFiles: ["src/shared/testing/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
    unstubGlobals: true,
    isolate: false, // A process and a DOM for each file took as long as the tests. What a test changes, it changes back.
    testTimeout: 30_000, // Typing into a dialog takes seconds on a busy machine.
  },
});
