import { readFileSync, writeFileSync } from "node:fs";

import { pageConfigOf } from "./page-config.js";

/** `npm run config -- <stack.json> <config.json>`: writes the `config.json` for another web server than `vite preview`. */
const [stackPath, configPath] = process.argv.slice(2);
if (stackPath === undefined || configPath === undefined) {
  console.error("usage: npm run config -- <stack.json> <config.json>");
  process.exit(2);
}
const config = pageConfigOf(JSON.parse(readFileSync(stackPath, "utf8")));
writeFileSync(configPath, `${JSON.stringify(config, null, 2)}\n`);
