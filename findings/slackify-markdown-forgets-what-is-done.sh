#!/bin/sh
# slackify-markdown 4.5.0: checked and unchecked tasks look the same in Slack. `- [x] …` and `- [ ] …` of GitHub's
# Markdown, which the package parses, both become a plain bullet. A list of troubleshooting steps sent to a channel no
# longer shows which of them were done.
# Seen by: a list with one task of each kind. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" slackify-markdown@4.5.0 >/dev/null
cat >list.cjs <<'NODE'
const assert = require("node:assert");
const loaded = require("slackify-markdown");
const slackify = loaded.default ?? loaded.slackifyMarkdown ?? loaded;

const tasks = slackify("- [x] Restarted the router\n- [ ] Replaced the cable\n");
const plain = slackify("- [done] Restarted the router\n");
console.log(JSON.stringify({ tasks, plain }));
assert.equal(tasks, "•   Restarted the router\n•   Replaced the cable\n");
assert.ok(plain.includes("[done]"), plain);
NODE
node list.cjs
