#!/bin/sh
# adaptivecards-templating 2.3.1 with adaptivecards 3.0.6: a ticket number disappears from the card. A text that is only
# `${number}` is filled with the JSON number 611, not the string "611", and the renderer shows any text or fact value
# that is not a string as empty, without a validation event. `true` disappears too. `#${number}` and `${string(number)}`
# are shown.
# Seen by: one card through both packages (in jsdom, with the `innerText` that it lacks). Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" adaptivecards-templating@2.3.1 \
    adaptive-expressions@4.23.3 adaptivecards@3.0.6 jsdom@27.4.0 >/dev/null
cat >card.cjs <<'NODE'
const assert = require("node:assert");
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
Object.defineProperty(window.HTMLElement.prototype, "innerText", {
  set(text) {
    this.textContent = text;
  },
});
Object.assign(globalThis, { window, document: window.document, HTMLElement: window.HTMLElement });
const { AdaptiveCard } = require("adaptivecards/dist/adaptivecards.js");
const { Template } = require("adaptivecards-templating");

function shown(text) {
  const fact = { type: "FactSet", facts: [{ title: "", value: text }] };
  const template = new Template({ type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text }, fact] });
  const filled = template.expand({ $root: { number: 611, isUrgent: true } });
  const card = new AdaptiveCard();
  card.parse(filled);
  const events = card.validateProperties().validationEvents.length;
  const found = { json: filled.body[0].text, shown: card.render().textContent, events };
  console.log(text, JSON.stringify(found));
  return found;
}

assert.deepEqual(shown("${number}"), { json: 611, shown: "", events: 0 });
assert.deepEqual(shown("${isUrgent}"), { json: true, shown: "", events: 0 });
assert.deepEqual(shown("#${number}"), { json: "#611", shown: "#611#611", events: 0 });
assert.deepEqual(shown("${string(number)}"), { json: "611", shown: "611611", events: 0 });
NODE
node card.cjs
