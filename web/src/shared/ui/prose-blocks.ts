export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] };

const FENCE = /^\s*```/;
const BULLET = /^\s*[-*•]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const HEADING = /^\s*#{1,6}\s+/;

/** Splits a model's text into paragraphs, lists and code blocks, line by line. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  let paragraphOpen = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (FENCE.test(line)) {
      const end = lines.findIndex((other, index) => index > at && FENCE.test(other));
      const stop = end === -1 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, stop).join("\n") });
      at = stop;
      paragraphOpen = false;
    } else if (BULLET.test(line) || NUMBER.test(line)) {
      addItem(blocks, line);
      paragraphOpen = false;
    } else if (line.trim() === "") {
      paragraphOpen = false;
    } else {
      addLine(blocks, line, paragraphOpen);
      paragraphOpen = true;
    }
  }
  return blocks;
}

function addItem(blocks: Block[], line: string): void {
  const ordered = NUMBER.test(line);
  const item = line.replace(ordered ? NUMBER : BULLET, "");
  const last = blocks.at(-1);
  if (last?.kind === "list" && last.ordered === ordered) last.items.push(item);
  else blocks.push({ kind: "list", ordered, items: [item] });
}

function addLine(blocks: Block[], line: string, continues: boolean): void {
  const last = blocks.at(-1);
  if (continues && last?.kind === "paragraph") last.text += `\n${line}`;
  else blocks.push({ kind: "paragraph", text: HEADING.test(line) ? `**${line.replace(HEADING, "")}**` : line });
}
