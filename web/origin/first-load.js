import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** `npm run size`: the compressed size of what a first visit loads. Fails above the budget. */
const BUDGET_KB = 300;
const dist = new URL("../dist/", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path.replace(/^\//, ""), dist));

const html = read("index.html");
const named = [...html.toString().matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg))"/g)].map((match) => match[1] ?? "");
const styles = named.filter((path) => path.endsWith(".css")).map((path) => read(path).toString());
const fonts = [...styles.join("").matchAll(/url\((\/assets\/inter-latin-wght[^)]+\.woff2)\)/g)].map((match) => match[1] ?? "");

const sizes = [
  ["index.html", gzipSync(html).length],
  ...named.map((path) => [path, gzipSync(read(path)).length]),
  ...fonts.map((path) => [path, read(path).length]), // woff2 is already compressed.
];
const totalKb = sizes.reduce((sum, [, bytes]) => sum + Number(bytes), 0) / 1000;
for (const [path, bytes] of sizes) console.log(`${(Number(bytes) / 1000).toFixed(1).padStart(7)} kB  ${String(path)}`);
console.log(`${totalKb.toFixed(1).padStart(7)} kB  first load, of at most ${BUDGET_KB}`);
process.exit(totalKb > BUDGET_KB ? 1 : 0);
