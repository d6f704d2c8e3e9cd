"""How redaction's time compares with that of the plainest pass over the same text, for texts of many kinds."""

import random
from collections.abc import Callable, Sequence
from itertools import cycle
from statistics import median
from string import ascii_letters, digits
from time import process_time

from chalicelib.domain.redaction import redact
from tests.evaluation.redaction.corpus import all_cases

LIMIT = 20
SIZES = (4_000, 40_000, 400_000)
ROUNDS = 5
SLOWEST = 15

PIECES = {
    "prose": "The user reports that Outlook asks for a sign-in after the update of Monday; DC01 logs event 4771. ",
    "one word": "a",
    "digits": "1",
    "blanks": " ",
    "line breaks": "\n",
    "quotes": '"',
    "single quotes": "'",
    "backslashes": "\\",
    "colons": ":",
    "equals signs": "=",
    "at signs": "@a",
    "bars": "|",
    "commas": ",",
    "tags": "<td>",
    "open brackets": "<",
    "labels": "password ",
    "labels, colons": "password: ",
    "labels, no blanks": "password:",
    "labels, lines": "password:\n",
    "labels with secrets": "password: Sommer2024!\n",
    "sentences": "the password of the router is now Winter2024! and so on\n",
    "lists": "creds: ",
    "pairs": "user: joe / ",
    "keys": "key: x ",
    "elements": "<password>",
    "rows": "<tr><th>password</th>",
    "table": "user|password\n",
    "laid-out table": "user  password\n----  --------\n",
    "addresses": "https://a.example/?sig=",
    "URLs with users": "a://b:",
    "cookies": "cookie: a=b; ",
    "bearers": "bearer ",
    "key blocks": "-----BEGIN PRIVATE KEY-----",
    "half key blocks": "-----BEGIN ",
    "PuTTY keys": "PuTTY-User-Key-File-",
    "net user": "net user joe x /add ",
    "curl": "curl -u ",
    "mysql": "mysql -p",
    "network lines": "enable secret ",
    "communities": "snmp-server community ",
    "masks": "password [masked] ",
    "accents": "é",
    "full width": "ｐ",
    "zero width": "\u200b",
    "right to left": "سر",
    "emoji": "👍",
    "hidden": "pass\u200bword: x1y2z3 ",
    "prefixes": "ghp_",
    "tokens": "token: abc123def\n",
    "masked already": "password: [masked: password 2]\n",
    "masks typed by hand": "the password is [masked]. ",
    "secrets split over lines": "password: Sommer\n2024!\n",
    "no blanks": "aB3+x/Q9kLm=",
    "no blanks, labels": "password=x;token=y;",
    "right to left, labels": "הסיסמה password: Sommer2024! היא\n",
    "full width, labels": "ｐａｓｓｗｏｒｄ：Ｓｏｍｍｅｒ２０２４！\n",
    "words of the case": "password: printer\nthe printer is offline\n",
    "psexec": "psexec -p x ",
    "flags": "--password <your password>\n",
    "SAS": "https://a.blob.core.windows.net/x?sig=a1b2c3d4e5f6%3D ",
    "webhooks": "https://hooks.slack.com/services/T0000/B0000/XXXXXXXX ",
    "JSON inside JSON": '{"request":"{\\"user\\":\\"joe\\",\\"password\\":\\"Sommer2024!\\"}"} ',
    "XML values": "<Password><Value>UwBvAG0AbQBlAHIA</Value></Password>",
    "registry logins": '{"auths":{"reg.example":{"auth":"c3ZjOlNvbW1lcg=="}}} ',
    "default logins": "root/calvin ",
    "letters": "u: joe p: x ",
}
"""What the text of a kind repeats."""

DISTINCT = {
    "labels, distinct secrets": "password: {}!\n",
    "words, distinct secrets": "the password is {}! now\n",
    "devices, distinct secrets": "enable secret {}!\n",
    "commands, distinct secrets": "net user joe {}! /add\n",
    "table, distinct secrets": "joe|{}!\n",
}
"""Lines of which each has a secret of its own, so that no judgment serves twice."""


def plainest_pass(text: str) -> int:
    """Look at each character once and ask what every detector has to ask: letter, digit or blank."""
    letters = digits = blanks = 0
    for char in text:
        if char.isalpha():
            letters += 1
        elif char.isdigit():
            digits += 1
        elif char.isspace():
            blanks += 1
    return letters + digits + blanks


def of_kind(piece: str, size: int) -> str:
    """Return a text of `size` characters that repeats `piece`."""
    return (piece * (size // len(piece) + 1))[:size]


def texts(size: int) -> dict[str, str]:
    """Return a text of each kind, `size` characters long."""
    chosen = random.Random(size)  # noqa: S311  a sample, not a secret
    found = {name: of_kind(piece, size) for name, piece in PIECES.items()}
    for name, line in DISTINCT.items():
        secrets = ("".join(chosen.choices(ascii_letters + digits, k=9)) for _ in range(size // len(line) + 1))
        head = "user|password\n" if name.startswith("table") else ""
        found[name] = (head + "".join(map(line.format, secrets)))[:size]
    for name, has_secrets in (("the corpus' secrets", True), ("the corpus' evidence", False)):
        lines = [case.text + "\n" for case in all_cases() if bool(case.secrets) is has_secrets]
        found[name] = _filled(lines, size)
    return found


def _filled(lines: Sequence[str], size: int) -> str:
    kept, length = [], 0
    for line in cycle(lines):
        if length >= size:
            break
        kept.append(line)
        length += len(line)
    return "".join(kept)[:size]


def ratios(text: str, rounds: int = ROUNDS) -> list[float]:
    """Return how many times the plainest pass redaction takes, round by round, in order; both timed in turn."""
    timed = [(_seconds(plainest_pass, text), _seconds(redact, text)) for _ in range(rounds)]
    return sorted(redaction / plain for plain, redaction in timed)


def ratio(text: str, rounds: int = ROUNDS) -> float:
    """Return how many times the plainest pass redaction takes, the best of some rounds each."""
    timed = [(_seconds(plainest_pass, text), _seconds(redact, text)) for _ in range(rounds)]
    return min(redaction for _, redaction in timed) / min(plain for plain, _ in timed)


def table() -> tuple[str, list[str]]:
    """Return the ratios of the slowest kinds at each size with how many stay within the limit, and which do not."""
    found = {name: [ratios(text)] for name, text in texts(SIZES[0]).items()}
    for size in SIZES[1:]:
        for name, text in texts(size).items():
            found[name].append(ratios(text))
    rows = sorted(found.items(), key=lambda row: -max(map(median, row[1])))
    head = f"times the plainest pass, min/median of {ROUNDS}{''.join(f'{size // 1000:>8} KB' for size in SIZES)}"
    lines = [f"{name:40}{''.join(f'{min(one):6.1f}/{median(one):4.1f}' for one in each)}" for name, each in rows]
    above = [name for name, each in rows if max(map(median, each)) > LIMIT]
    within = f"{len(rows) - len(above)} of {len(rows)} kinds of text within {LIMIT} at every size"
    return "\n".join([head, *lines[:SLOWEST], within]), above


def _seconds(measured: Callable[[str], object], text: str) -> float:
    repeats = max(1, 20_000 // len(text))
    started = process_time()
    for _ in range(repeats):
        measured(text)
    return (process_time() - started) / repeats
