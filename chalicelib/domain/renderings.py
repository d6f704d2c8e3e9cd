"""Lines of a record, rendered as Markdown, plain text and HTML. Nothing that people wrote becomes markup."""

import html
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from pydantic import ValidationInfo, field_validator

from chalicelib.domain.display_text import as_written, between_characters, one_line, readable
from chalicelib.domain.frozen_model import FrozenModel


class LineStyle(StrEnum):
    """What a line is."""

    TITLE = "title"
    HEADING = "heading"
    FACT = "fact"
    STEP = "step"
    ITEM = "item"
    PARAGRAPH = "paragraph"


class DocumentLine(FrozenModel):
    """One line of a record. `lead` and `tail` are ours, `text` is people's.

    `text` is made readable when the line is made. A paragraph keeps its line breaks, a step or item keeps the lines and
    columns of a command's output, and all else is folded to one line.
    """

    style: LineStyle
    text: str
    lead: str = ""
    tail: str = ""
    number: int | None = None

    @field_validator("text")
    @classmethod
    def _shown(cls, text: str, info: ValidationInfo) -> str:
        style = info.data.get("style")
        if style is LineStyle.PARAGRAPH:
            return readable(text)
        return as_written(text) if style in (LineStyle.STEP, LineStyle.ITEM) else one_line(text)

    def halves(self) -> tuple["DocumentLine", "DocumentLine"]:
        """Split the line, after a space near its middle where there is one; the second half goes on as a paragraph."""
        middle = len(self.text) // 2
        blank = max(self.text.rfind(" ", 1, middle), self.text.rfind("\n", 1, middle)) + 1
        cut = blank or between_characters(self.text, middle)
        rest = DocumentLine(style=LineStyle.PARAGRAPH, text=self.text[cut:], tail=self.tail)
        return self.model_copy(update={"text": self.text[:cut], "tail": ""}), rest


def to_markdown(lines: Sequence[DocumentLine]) -> str:
    """Return the lines as Markdown that shows their text as it was written."""
    return _joined(lines, [_listed(_MARKDOWN, line, _marked_down(line)) for line in lines])


def to_text(lines: Sequence[DocumentLine]) -> str:
    """Return the lines as plain text."""
    return _joined(lines, [_listed(_TEXT, line, _plain(line)) for line in lines])


def to_note(lines: Sequence[DocumentLine]) -> str:
    """Return the lines as plain text in which Markdown finds no link, image, reference or tag.

    ConnectWise is said to show notes as Markdown, but not to honor escapes. So nothing is escaped: a space is put into
    what would be a link, an image, a reference or a tag.
    """
    return to_text([line.model_copy(update={"text": _DISARMED.sub(r"\1 ", line.text)}) for line in lines])


def to_html(lines: Sequence[DocumentLine]) -> str:
    """Return the lines as a fragment of HTML."""
    blocks = "\n".join(_HTML[line.style].format(_in_html(line), number=line.number) for line in lines)
    return blocks.replace("</ul>\n<ul>", "\n").replace("</ol>\n<ol>", "\n") + "\n"


_MARKDOWN = {
    LineStyle.TITLE: "# ",
    LineStyle.HEADING: "## ",
    LineStyle.FACT: "- ",
    LineStyle.STEP: "{}. ",
    LineStyle.ITEM: "- ",
    LineStyle.PARAGRAPH: "",
}
_TEXT = _MARKDOWN | {LineStyle.TITLE: "", LineStyle.HEADING: "", LineStyle.FACT: ""}
_HTML = {
    LineStyle.TITLE: "<h1>{}</h1>",
    LineStyle.HEADING: "<h2>{}</h2>",
    LineStyle.FACT: "<ul><li>{}</li></ul>",
    LineStyle.STEP: '<ol><li value="{number}">{}</li></ol>',
    LineStyle.ITEM: "<ul><li>{}</li></ul>",
    LineStyle.PARAGRAPH: "<p>{}</p>",
}
_COLUMN_GAP = re.compile(r"^ +| {2,}")
"""Blanks that HTML would fold, so that the columns of a table would be lost."""

_DISARMED = re.compile(r"(\](?=[(:])|<(?=[A-Za-z/!?]))")
_LISTS = {LineStyle.FACT, LineStyle.STEP, LineStyle.ITEM}


def _joined(lines: Sequence[DocumentLine], shown: list[str]) -> str:
    """Put the lines under each other: those of one list close together, others with an empty line between."""
    gaps = ["\n" if above.style is line.style and line.style in _LISTS else "\n\n" for above, line in pairwise(lines)]
    return "".join(text + gap for text, gap in zip(shown, [*gaps, "\n"], strict=True))


def _listed(marks: Mapping[LineStyle, str], line: DocumentLine, shown: str) -> str:
    """Put the mark of its style before a line; in a list, what breaks within itself stays below its beginning."""
    mark = marks[line.style].format(line.number)
    return mark + (shown.replace("\n", "\n" + " " * len(mark)) if line.style in _LISTS else shown)


def _marked_down(line: DocumentLine) -> str:
    return f"{line.lead}{escape(line.text)}{line.tail}"


def _plain(line: DocumentLine) -> str:
    text = line.text.upper() if line.style is LineStyle.HEADING else line.text
    return f"{line.lead}{text}{line.tail}".strip("\n")


def _in_html(line: DocumentLine) -> str:
    rows = (html.escape(row) for row in f"{line.lead}{line.text}{line.tail}".split("\n"))
    return "<br>".join(_COLUMN_GAP.sub(lambda gap: "\u00a0" * len(gap[0]), row) for row in rows)


def escape(text: str) -> str:
    """Return `text` so that Markdown shows it as it was written, line by line, and makes nothing of it.

    What means something in CommonMark, in HTML or in GitHub's dialect (tables, bare addresses) is escaped by a
    backslash. Indentation, which would make code, becomes no-break spaces; white space at the ends of lines goes.
    """
    return "\n".join(_escape_line(line.rstrip()) for line in text.splitlines()).strip("\n")


def _escape_line(line: str) -> str:
    words = line.lstrip()
    inline = re.sub(r"([\\`*_{}\[\]<>#|!~&@]|/(?=/)|(?<=www)\.)", r"\\\1", words, flags=re.IGNORECASE)
    block = re.sub(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+=:]))", r"\1\\", inline)
    return "\u00a0" * (len(line) - len(words)) + block
