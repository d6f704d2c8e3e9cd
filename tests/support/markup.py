"""What a reader's program would make of a text: the elements that could act, fetch or lead somewhere."""

from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

PLAIN_TAGS = {"h1", "h2", "ul", "ol", "li", "p", "br"}
ACTIVE_NODES = {
    "link",
    "image",
    "html_block",
    "html_inline",
    "fence",
    "code_block",
    "code_inline",
    "table",
    "blockquote",
}

_COMMONMARK = MarkdownIt("commonmark", {"html": True})
_MARKDOWN = MarkdownIt("gfm-like", {"html": True}).enable(["table", "strikethrough"])
_MARKDOWN.linkify.set({"fuzzy_link": False})  # type: ignore[union-attr]  # a guess at `word.tld` is no markup


def active_in_markdown(text: str) -> list[str]:
    return [node.type for node in SyntaxTreeNode(_MARKDOWN.parse(text)).walk() if node.type in ACTIVE_NODES]


def acting_in_markdown(text: str) -> list[str]:
    """What leads, loads or acts by markup alone; a bare address, which hides nothing, is none."""
    nodes = SyntaxTreeNode(_COMMONMARK.parse(text)).walk()
    return [node.type for node in nodes if node.type in ("link", "image", "html_block", "html_inline")]


def active_in_html(fragment: str) -> list[str]:
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    return list(reader.active())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self._others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._found.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self._others.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self._others.append(f"declaration {decl}")

    def active(self) -> Iterator[str]:
        """Yield every tag that is not a plain one, every attribute but a list item's number, every comment."""
        yield from self._others
        for tag, attributes in self._found:
            if tag not in PLAIN_TAGS:
                yield tag
            yield from (f"{tag} {name}" for name, _ in attributes if (tag, name) != ("li", "value"))
