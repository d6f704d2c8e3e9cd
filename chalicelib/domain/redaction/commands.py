"""Detector: secrets among the arguments of commands, where no label announces them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.domain.redaction.evidence import is_evidence
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.commands import COMMANDS, SCHEMES, Rule

_NAME_ENDS = re.compile(r"(?:\.exe)?[\"']?[ \t]")
_ARGUMENT = re.compile(r"\"[^\"\n]{1,400}\"|'[^'\n]{1,400}'|(?:[^\s\"']|\"[^\"\s]{0,400}\"|'[^'\s]{0,400}'|[\"'])++")
_SECURE_STRING = re.compile(
    r"(?i)SecureString[ \t]++(?:-String[ \t]++)?"
    r"(?:\"([^\"\n]{1,400})\"|'([^'\n]{1,400})'|([^\s$\"'(:-][^\s\"']{0,400}))"
)
_NETRC = re.compile(r"machine\s{1,20}+\S{1,200}+\s{1,20}+login\s{1,20}+\S{1,200}+\s{1,20}+password\s{1,20}+(\S{1,200})")
_CREDENTIAL = re.compile(
    r"(?i)pscredential[ \t]{0,4}+\(?[ \t]{0,4}+[\"'][^\"'\n]{1,100}[\"'],?[ \t]{1,4}+[\"']([^\"'\n]{1,200})[\"']"
)
_PIPED = re.compile(
    r"(?i)echo[ \t]++[\"']?([^\s\"'|]{1,200})[\"']?[ \t]*+\|[ \t]*+(?:sudo[ \t]++)?(chpasswd|sudo[ \t]++-S|passwd)"
)


class Argument(NamedTuple):
    """A word of a command line, without its quotes."""

    start: int
    end: int
    text: str


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the secrets of every command line."""
    text, lower, at = scanned.text, scanned.lower, 0
    for start, end in scanned.commands:
        word = lower[start:end]
        if word in _PHRASES:
            pattern, judge = _PHRASES[word]
            match = pattern.match(text, start)
            yield from judge(match) if match else ()
        elif start >= at and _NAME_ENDS.match(lower, end):
            stop = text.find("\n", end)
            at = stop if stop >= 0 else len(text)
            first = start - len(lower[max(0, start - 20) : start]) + lower[max(0, start - 20) : start].rfind(" ") + 1
            yield from _in_line([_argument(each) for each in _ARGUMENT.finditer(text, max(first, 0), at)])


def _argument(match: re.Match[str]) -> Argument:
    start, end = match.span()
    word = match.group()
    if len(word) > 2 and word[0] in "\"'" and word[-1] == word[0]:
        start, end = start + 1, end - 1
    return Argument(start, end, word[start - match.start() : end - match.start()])


def _in_line(arguments: list[Argument]) -> Iterator[Span]:
    rule, name, seen = Rule(), "", set[str]()
    rest: list[Argument] = []
    for index, argument in enumerate(arguments):
        command = _command(argument)
        if command:
            if name in _POSITIONAL:
                yield from _POSITIONAL[name](rest)
            name, rule, rest, seen = command, COMMANDS[command], [], set()
            continue
        following = arguments[index + 1] if index + 1 < len(arguments) else None
        seen.add(argument.text)
        if name and (not rule.needs or rule.needs in seen):
            yield from _by_rule(rule, argument, following)
        rest.append(argument)
    if name in _POSITIONAL:
        yield from _POSITIONAL[name](rest)


def _command(argument: Argument) -> str:
    if len(argument.text) > 60:
        return ""
    word = argument.text.rpartition("\\")[2].rpartition("/")[2].lower().removesuffix(".exe").lstrip("&(`$")
    return word if word in COMMANDS else ""


def _by_rule(rule: Rule, argument: Argument, following: Argument | None) -> Iterator[Span]:
    word = argument.text
    if following and word in rule.next_to and not following.text.startswith(("-", "/", *SCHEMES)):
        yield from _span(following)
    for flag in rule.attached:
        if word.startswith(flag) and len(word) > len(flag) and not word.startswith("--" if flag == "-p" else "\0"):
            yield from _span(_tail(argument, len(flag)))
            break
    for flag in rule.pairs:
        if word == flag and following:
            yield from _pair(following)
        elif word.startswith(flag) and not word.startswith("--", len(flag) - 1) and len(flag) != len(word):
            yield from _pair(_tail(argument, len(flag)))


def _tail(argument: Argument, lead: int) -> Argument:
    start, end, text = argument.start + lead, argument.end, argument.text[lead:]
    if len(text) > 2 and text[0] in "\"'" and text[-1] == text[0]:
        return Argument(start + 1, end - 1, text[1:-1])
    return Argument(start, end, text)


def _pair(argument: Argument) -> Iterator[Span]:
    for separator in (":", "%", ","):
        name, found, _secret = argument.text.partition(separator)
        if found and name:
            yield from _span(_tail(argument, len(name) + 1))
            return


def _net(arguments: list[Argument]) -> Iterator[Span]:
    r"""`net user NAME SECRET [/add]` and `net use [DEVICE] \\\\SHARE [SECRET] [/user:NAME] [SECRET]`."""
    plain = [argument for argument in arguments if not argument.text.startswith("/")]
    has_user = any(argument.text.lower().startswith("/user:") for argument in arguments)
    verb = plain[0].text.lower() if plain else ""
    if verb == "user" and len(plain) > 2 and _ends_well(plain, 3):
        yield from _span(plain[2])
    if verb == "use" and has_user:
        places = [argument for argument in plain[1:] if not _is_place(argument.text)]
        yield from _span(places[0]) if places else ()


def _ends_well(plain: list[Argument], count: int) -> bool:
    """Return whether no sentence goes on: more plain words make `net user joe ...` prose."""
    return len(plain) == count or plain[count].text in ("&", "&&", "|", ">", "#")


def _is_place(word: str) -> bool:
    return word.startswith("\\\\") or word == "*" or (len(word) == 2 and word[1] == ":") or word.lower() == "lpt1"


def _htpasswd(arguments: list[Argument]) -> Iterator[Span]:
    flags = "".join(argument.text for argument in arguments if argument.text.startswith("-"))
    plain = [argument for argument in arguments if not argument.text.startswith("-")]
    if "b" in flags and len(plain) > 1:
        yield from _span(plain[1 if "n" in flags else min(2, len(plain) - 1)])


def _sqlplus(arguments: list[Argument]) -> Iterator[Span]:
    for argument in arguments[:4]:
        user, slash, rest = argument.text.partition("/")
        secret = rest.partition("@")[0]
        if user and slash and secret and not user.startswith("-"):
            start = argument.start + len(user) + 1
            yield from _span(Argument(start, start + len(secret), secret))


def _piped(match: re.Match[str]) -> Iterator[Span]:
    whole = Argument(*match.span(1), match.group(1))
    if match.group(2).lower() == "chpasswd":
        yield from _pair(whole)
    else:
        yield from _span(whole)


def _group(match: re.Match[str]) -> Argument:
    number = match.lastindex or 1
    return Argument(*match.span(number), match.group(number))


def _span(argument: Argument) -> Iterator[Span]:
    if len(argument.text) > 1 and not is_evidence(argument.text):
        yield Span(argument.start, argument.end, Kind.PASSWORD)


def _whole(match: re.Match[str]) -> Iterator[Span]:
    return _span(_group(match))


_PHRASES = {
    "pscredential": (_CREDENTIAL, _whole),
    "securestring": (_SECURE_STRING, _whole),
    "machine": (_NETRC, _whole),
    "echo": (_PIPED, _piped),
}
_POSITIONAL = {"net": _net, "htpasswd": _htpasswd, "sqlplus": _sqlplus}
