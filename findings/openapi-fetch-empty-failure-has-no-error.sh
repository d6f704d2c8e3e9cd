#!/bin/sh
# openapi-fetch 0.17.0: `const { data, error } = await client.POST(…); if (error) throw error;` takes a failed request
# for a success when the response has no body. `error`, "only present if 4XX or 5XX response" in the README, is then
# undefined (`Content-Length: 0`) or "" (no such header). An acknowledgment that a gateway refused is shown as accepted.
# `response.ok` is reliable.
# Seen by: a local server that answers 503 in three ways. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" openapi-fetch@0.17.0 >/dev/null
cat >call.mjs <<'NODE'
import assert from "node:assert";
import { createServer } from "node:http";
import createClient from "openapi-fetch";

const server = createServer((request, response) => {
  if (request.url === "/length-0") return response.writeHead(503, { "content-length": "0" }).end();
  if (request.url === "/no-length") return response.writeHead(503, { "transfer-encoding": "chunked" }).end();
  return response.writeHead(503, { "content-type": "application/json" }).end('{"code":"unavailable"}');
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const client = createClient({ baseUrl: `http://127.0.0.1:${server.address().port}` });
const seen = {};
for (const path of ["/body", "/length-0", "/no-length"]) {
  const { error, response } = await client.POST(path);
  seen[path] = error ? "thrown" : "taken for done";
  console.log(path, response.status, "error =", JSON.stringify(error) ?? "undefined", "->", seen[path]);
}
server.close();
assert.deepEqual(seen, { "/body": "thrown", "/length-0": "taken for done", "/no-length": "taken for done" });
NODE
node call.mjs
