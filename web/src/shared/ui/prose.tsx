import type { ReactNode } from "react";

import { plainText } from "./plain-text";
import { blocksOf, type Block } from "./prose-blocks";
import classes from "./prose.module.css";

/**
 * Text of a model. Paragraphs, lists, code and bold text of Markdown are formatted. Links, images and HTML are shown as
 * the text they are, so a model's text never loads anything and links nowhere.
 */
export function Prose({ children }: { children: string }) {
  return (
    <div className={classes.prose} dir="auto">
      {blocksOf(plainText(children)).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "code":
      return <pre className={classes.code}>{block.text}</pre>;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={block.ordered ? classes.ordered : classes.bullets}>
          {block.items.map((item, index) => (
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      );
    }
    case "paragraph":
      return <p className={classes.paragraph}>{inline(block.text)}</p>;
  }
}

/** Formats `code` and **bold**; all else stays text. */
function inline(text: string): ReactNode[] {
  return text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/).map((part, index) => {
    if (/^`.+`$/.test(part)) return <code key={index}>{part.slice(1, -1)}</code>;
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={index}>{part.slice(2, -2)}</strong>;
    return part;
  });
}
