import type { IndexHtmlTransformContext, Plugin } from "vite";

type Chunk = NonNullable<IndexHtmlTransformContext["chunk"]>;

const PAGES = "/src/app/render-app.tsx";

/**
 * Names in `<meta name="pages">` what the first screen needs beside the sign-in page's own files. The inline script of
 * `index.html` loads it for people who are signed in.
 */
export function firstScreenFiles(): Plugin {
  return {
    name: "flowpilot-first-screen-files",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, chunk }) {
        const chunks = Object.values(bundle ?? {}).filter((one): one is Chunk => one.type === "chunk");
        const pages = chunks.find((one) => one.facadeModuleId?.endsWith(PAGES));
        if (!pages || !chunk) throw new Error(`${PAGES} is not in the build`);
        const known = filesOf(chunk, chunks);
        const files = [...filesOf(pages, chunks)].filter((file) => !known.has(file)).map((file) => `/${file}`);
        return html.replace('<meta name="pages" content="" />', `<meta name="pages" content="${files.join(" ")}" />`);
      },
    },
  };
}

/** A chunk, its styles, and what it imports. */
function filesOf(chunk: Chunk, chunks: Chunk[], files = new Set<string>()): Set<string> {
  if (files.has(chunk.fileName)) return files;
  files.add(chunk.fileName);
  chunk.viteMetadata?.importedCss.forEach((style) => files.add(style));
  for (const name of chunk.imports) {
    const imported = chunks.find(({ fileName }) => fileName === name);
    if (imported) filesOf(imported, chunks, files);
  }
  return files;
}
