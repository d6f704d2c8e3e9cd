"""How many parts an SMS is sent, and paid, as: 160 characters of GSM 03.38 in one, 70 of UCS-2, fewer when joined."""

from typing import NamedTuple
from unicodedata import category, combining, normalize

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
"""Characters of the extension table, which take two places. Source: 3GPP TS 23.038, section 6.2.1."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("·•‣▪", "-"),
        **{"…": "...", "→": "->", "←": "<-", "×": "x", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"},
    }
)
"""What typography writes where a phone has a plainer character."""


class Encoding(NamedTuple):
    """How many places one SMS has, and each part of a joined one."""

    alone: int
    joined: int


GSM_7 = Encoding(160, 153)
UCS_2 = Encoding(70, 67)


def in_gsm(text: str) -> str | None:
    """Return `text` in the alphabet of GSM 03.38, None where that would lose letters of another script.

    Typography becomes plain, marks on letters that the alphabet lacks are left out (`ê` becomes `e`), and so are emoji
    and other symbols.
    """
    found = []
    for char in normalize("NFC", text).translate(_PLAIN):
        plain = char if _is_gsm(char) else "".join(c for c in normalize("NFKD", char) if not combining(c))
        if not all(map(_is_gsm, plain)):
            if category(char)[0] in "LN":
                return None
            plain = ""
        found.append(plain)
    return "".join(found)


def encoding_of(text: str) -> Encoding:
    """Return how a phone network encodes `text`: one character beyond GSM 03.38 makes all of it UCS-2."""
    return GSM_7 if all(map(_is_gsm, text)) else UCS_2


def parts_of(text: str) -> int:
    """Return how many parts `text` is sent as. No character that takes two places is split between two parts."""
    encoding = encoding_of(text)
    places = [_places(char, encoding) for char in text]
    if sum(places) <= encoding.alone:
        return 1
    parts, used = 1, 0
    for each in places:
        if used + each > encoding.joined:
            parts, used = parts + 1, 0
        used += each
    return parts


def _is_gsm(char: str) -> bool:
    return char in _BASIC or char in _EXTENDED


def _places(char: str, encoding: Encoding) -> int:
    if encoding is GSM_7:
        return 2 if char in _EXTENDED else 1
    return 2 if ord(char) > 0xFFFF else 1
