"""Characters that no text on a screen may hold, listed from Unicode's charts, not computed."""

import re

HIDDEN = re.compile(
    "["
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # controls, but tab and line feed
    "\u00ad\u034f\u061c\u180e"  # soft hyphen, grapheme joiner, Arabic letter mark, Mongolian vowel separator
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"  # zero width, marks, embeddings, isolates
    "\ufff9-\ufffb\U000e0000-\U000e0fff"  # annotations, tag characters, supplementary selectors
    "]"
)


def hidden_in(text: str) -> list[str]:
    """The hidden characters in `text`, as `U+…`."""
    return [f"U+{ord(char):04X}" for char in HIDDEN.findall(text)]
