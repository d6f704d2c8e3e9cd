"""Text made plain for the detectors: half width, without accents and without what nobody sees."""

import unicodedata
from typing import NamedTuple

_TABLE_LIMIT = 20_000
_PLAIN = {
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛‹›", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("→⇒➜", "→"),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
    "﹕": ":",
    "…": ".",
    "│": "|",
}


class Folded(NamedTuple):
    """A folded text, and where each of its characters stood; `offsets` is None where nothing was left out."""

    text: str
    offsets: list[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the folded characters from `start` to `end` stood."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


class _Table(dict[int, str | None]):
    """What each character becomes; None for what is left out. Filled as characters turn up, up to a limit."""

    def __missing__(self, code: int) -> str | None:
        plain = _fold(chr(code))
        if len(self) < _TABLE_LIMIT:
            self[code] = plain
        return plain


def _fold(char: str) -> str | None:
    if char.isascii():
        return char
    if char in _PLAIN:
        return _PLAIN[char]
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return None
    plain = unicodedata.normalize("NFKD", char)
    return plain[0] if len(plain) == 1 or unicodedata.combining(plain[1]) else char


_TABLE = _Table()


def fold(text: str) -> Folded:
    """Return `text` with full-width letters, accents, typographic quotes and dashes made plain, one for one.

    Format characters (zero-width, direction marks, soft hyphens, tags) and combining marks are left out: inside a word
    they hide a label or a secret from every rule. The text that leaves keeps all of them; only masks are put in.
    """
    if text.isascii():
        return Folded(text, None)
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return Folded(folded, None)
    return Folded(folded, [index for index, char in enumerate(text) if _TABLE[ord(char)] is not None])
