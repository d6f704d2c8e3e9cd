import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/**
 * `npm run size`: the compressed size of the sign-in page, and of the first screen of somebody who is signed in: the code and
 * styles that they cannot do without, the typeface among them. What is loaded once the browser is idle does not count. Fails
 * above a budget.
 */
const BUDGETS_KB = { "sign-in page": 90, "first screen": 250 };

/** @typedef {{file: string, css?: string[], imports?: string[], isEntry?: boolean}} Chunk */

const dist = new URL("../dist/", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path.replace(/^\//, ""), dist));
/** @type {Record<string, Chunk>} */
const chunks = JSON.parse(read(".vite/manifest.json").toString());

/** What is loaded with a chunk, itself included. */
function filesOf(/** @type {string} */ name, /** @type {Set<string>} */ seen = new Set()) {
  if (seen.has(name)) return [];
  seen.add(name);
  const chunk = chunks[name];
  if (!chunk) throw new Error(`${name} is not in the build`);
  /** @type {string[]} */
  const files = [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((one) => filesOf(one, seen))];
  return files;
}

function sizeOf(/** @type {string} */ path) {
  const bytes = path.endsWith(".woff2") ? read(path) : gzipSync(read(path)); // woff2 is already compressed.
  return bytes.length / 1000;
}

const html = read("index.html").toString();
const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css|svg))"/g)].map((match) => match[1] ?? "");
const styles = named.filter((path) => path.endsWith(".css")).map((path) => read(path).toString());
const fonts = [...styles.join("").matchAll(/url\(\/(assets\/inter-latin-wght[^)]+\.woff2)\)/g)].map((match) => match[1] ?? "");
const signIn = new Set(["index.html", ...named, ...filesOf("index.html"), ...fonts]);
const screens = { "sign-in page": signIn, "first screen": new Set([...signIn, ...filesOf("src/app/render-app.tsx")]) };

for (const [name, files] of Object.entries(screens)) {
  const sizes = [...files].map((path) => ({ path, kb: sizeOf(path) }));
  const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
  const budget = BUDGETS_KB[/** @type {keyof typeof BUDGETS_KB} */ (name)];
  for (const { path, kb } of sizes) console.log(`${kb.toFixed(1).padStart(7)} kB  ${path}`);
  console.log(`${total.toFixed(1).padStart(7)} kB  ${name}, of at most ${budget}\n`);
  if (total > budget) process.exitCode = 1;
}
