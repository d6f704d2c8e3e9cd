"""Secrets of commands that have no flag for them: they are told by their place."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.spans import Kind, Span


class Argument(NamedTuple):
    """A word of a command line, without its quotes."""

    start: int
    end: int
    text: str


Word = tuple[re.Match[str], str, bool]
"""An argument as a match, its text without its quotes, and whether it had some."""


def argument_of(match: re.Match[str], word: str, is_quoted: bool) -> Argument:  # noqa: FBT001  built for every word
    """Return where a word stands without its quotes."""
    return Argument(match.start() + is_quoted, match.end() - is_quoted, word)


def span_of(argument: Argument) -> tuple[Span, ...]:
    """Return the argument as a secret, nothing where it is evidence."""
    if len(argument.text) > 1 and not is_evidence(argument.text):
        return (Span(argument.start, argument.end, Kind.PASSWORD),)
    return ()


def tail_of(argument: Argument, lead: int) -> Argument:
    """Return what follows the first `lead` characters, without its quotes."""
    start, end, text = argument.start + lead, argument.end, argument.text[lead:]
    if len(text) > 2 and text[0] in "\"'" and text[-1] == text[0]:
        return Argument(start + 1, end - 1, text[1:-1])
    return Argument(start, end, text)


def pair_in(argument: Argument) -> Iterator[Span]:
    """Yield the secret of `user:secret`, `user%secret` or `user,secret`."""
    for separator in (":", "%", ","):
        name, found, _secret = argument.text.partition(separator)
        if found and name:
            yield from span_of(tail_of(argument, len(name) + 1))
            return


def _net(words: list[Word]) -> Iterable[Span]:
    r"""`net user NAME SECRET [/add]` and `net use [DEVICE] \\\\SHARE [SECRET] [/user:NAME] [SECRET]`."""
    verb = words[0][1].lower() if len(words) > 2 else ""
    if verb == "user":
        plain = [word for word in words if word[1][0] != "/"]
        return span_of(argument_of(*plain[2])) if len(plain) > 2 and _ends_well(plain, 3) else ()
    if verb != "use":
        return ()
    plain = [word for word in words if word[1][0] != "/"]
    if any(word[1].lower().startswith("/user:") for word in words):
        places = [word for word in plain[1:] if not _is_place(word[1])]
        return span_of(argument_of(*places[0])) if places else ()
    return ()


def _ends_well(plain: list[Word], count: int) -> bool:
    """Return whether no sentence goes on: more plain words make `net user joe ...` prose."""
    return len(plain) == count or plain[count][1] in ("&", "&&", "|", ">", "#")


def _is_place(word: str) -> bool:
    return word.startswith("\\\\") or word == "*" or (len(word) == 2 and word[1] == ":") or word.lower() == "lpt1"


def _rasdial(words: list[Word]) -> Iterable[Span]:
    """`rasdial ENTRY NAME SECRET [/domain:NAME]`; prose goes on with more plain words, or has no secret."""
    plain = [word for word in words if word[1][0] != "/"]
    return span_of(argument_of(*plain[2])) if len(plain) == 3 and looks_secret(plain[2][1]) else ()


def _htpasswd(words: list[Word]) -> Iterator[Span]:
    flags = "".join(word[1] for word in words if word[1].startswith("-"))
    plain = [word for word in words if not word[1].startswith("-")]
    if "b" in flags and len(plain) > 1:
        yield from span_of(argument_of(*plain[1 if "n" in flags else min(2, len(plain) - 1)]))


def _wpa_passphrase(words: list[Word]) -> Iterator[Span]:
    if len(words) > 1:
        yield from span_of(argument_of(*words[1]))


def _sqlplus(words: list[Word]) -> Iterator[Span]:
    for argument in (argument_of(*word) for word in words[:4]):
        user, slash, rest = argument.text.partition("/")
        secret = rest.partition("@")[0]
        if user and slash and secret and not user.startswith("-"):
            start = argument.start + len(user) + 1
            yield from span_of(Argument(start, start + len(secret), secret))


POSITIONAL: dict[str, Callable[[list[Word]], Iterable[Span]]] = {
    "net": _net,
    "rasdial": _rasdial,
    "htpasswd": _htpasswd,
    "wpa_passphrase": _wpa_passphrase,
    "sqlplus": _sqlplus,
}
