import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { sameOrigin } from "./origin/same-origin.ts";

export default defineConfig({
  plugins: [react(), sameOrigin(process.env)],
  resolve: {
    alias: {
      "@fake": fileURLToPath(new URL("fake", import.meta.url)),
      "@": fileURLToPath(new URL("src", import.meta.url)),
    },
  },
  build: { target: "es2022", sourcemap: false, manifest: true },
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
