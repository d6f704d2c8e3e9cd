"""Detector: secrets among the arguments of commands, where no label announces them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from chalicelib.domain.redaction.evidence import is_evidence
from chalicelib.domain.redaction.positional import POSITIONAL, Argument, Word, argument_of, pair_in, span_of, tail_of
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.commands import COMMANDS, SCHEMES, Rule

_NAME_ENDS = re.compile(r"(?:\.exe)?[\"']?[ \t]")
_ARGUMENT = re.compile(r"\"[^\"\n]{1,400}\"|'[^'\n]{1,400}'|(?:[^\s\"']++|\"[^\"\s]{0,400}\"|'[^'\s]{0,400}'|[\"'])++")
_SECURE_STRING = re.compile(
    r"(?i)SecureString[ \t]++(?:-(?:String|AsPlainText|Force)[ \t]++){0,3}+"
    r"(?:\"([^\"\n]{1,400})\"|'([^'\n]{1,400})'|([^\s$\"'(:-][^\s\"']{0,400}))"
)
_NETRC = re.compile(r"machine\s{1,20}+\S{1,200}+\s{1,20}+login\s{1,20}+\S{1,200}+\s{1,20}+password\s{1,20}+(\S{1,200})")
_CREDENTIAL = re.compile(
    r"(?i)pscredential[ \t]{0,4}+\(?[ \t]{0,4}+[\"'][^\"'\n]{1,100}[\"'],?[ \t]{1,4}+[\"']([^\"'\n]{1,200})[\"']"
)
_PIPED = re.compile(
    r"(?i)(?:echo|printf)[ \t]++(?:-e[ \t]++)?+"
    r"[\"']?([^\s\"'|]{1,200})[\"']?[ \t]*+\|[ \t]*+(?:sudo[ \t]++)?(chpasswd|sudo[ \t]++-S|passwd)"
)
_QUOTES = frozenset("\"'")
_AROUND_NAMES = frozenset("\\/.&(`$")
"""What stands in a word that names a command and more than that: a path, an ending, a sign before it."""
_LEADS_OF_NAMES = {
    name[len(name.rstrip("abcdefghijklmnopqrstuvwxyz")) :]: name.rstrip("abcdefghijklmnopqrstuvwxyz")
    for name in COMMANDS
    if not name.isalnum()
}
"""How the names begin of which a scan notices the last part, as `wpa_passphrase`."""
_NOT_BEHIND_FLAG = ("-", "/", *SCHEMES)
_LONGEST_NAME, _LONGEST_PATH = 60, 20
_SHORTEST_LABEL = len("-pw")
_SHORTEST, _SHORTEST_NET = 4, len(" user j pw")
"""What a command line has at least behind its command, if it holds a secret."""


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the secrets of every command line."""
    text, lower, at = scanned.text, scanned.lower, 0
    for start, end in scanned.commands:
        word = lower[start:end]
        lead = _LEADS_OF_NAMES.get(word)
        if lead and not lower.startswith(lead, start - len(lead)):
            continue
        if word in _PHRASES:
            pattern, judge = _PHRASES[word]
            match = pattern.match(text, start)
            yield from judge(match) if match else ()
        elif start >= at and _NAME_ENDS.match(lower, end):
            stop = text.find("\n", end)
            at = stop if stop >= 0 else len(text)
            if at - end >= (_SHORTEST_NET if word == "net" else _SHORTEST):
                back = max(0, start - _LONGEST_PATH)
                first = lower.rfind(" ", back, start) + 1 or back
                yield from _in_line(_ARGUMENT.finditer(text, first, at), scanned.answered)


def _in_line(matches: Iterator[re.Match[str]], answered: set[int]) -> Iterator[Span]:
    name, words, commands, signs = "", list[Word](), COMMANDS, _AROUND_NAMES
    for match in matches:
        word = match.group()
        is_quoted = False
        if word[0] in _QUOTES and len(word) > 2 and word[-1] == word[0]:
            is_quoted, word = True, word[1:-1]
        command = word if word.islower() else word.lower()
        if command not in commands:
            is_plain = command.isalnum() or signs.isdisjoint(command) or command[0] == "-" or command[1:].isalnum()
            command = "" if is_plain and command[0] not in "&(`$" else _command_in(command)
        if command:
            yield from _of_command(name, words, answered)
            name, words = command, []
        elif name:
            words.append((match, word, is_quoted))
    yield from _of_command(name, words, answered)


def _of_command(name: str, words: list[Word], answered: set[int]) -> Iterable[Span]:
    if not words:
        return ()
    if name in POSITIONAL:
        return POSITIONAL[name](words)
    rule = COMMANDS[name]
    if rule.needs:
        places = [index for index, word in enumerate(words) if word[1] == rule.needs]
        words = words[places[0] :] if places else []
    return _by_rule(rule, words, answered)


def _by_rule(rule: Rule, words: list[Word], answered: set[int]) -> Iterator[Span]:
    leads, flag = _leads(rule), None
    for word in words:
        if flag and (spans := _behind_flag(rule, argument_of(*word), flag.group())):
            answered.add(flag.start() + _label_in(flag.group()))
            yield from spans
        flag = None
        if word[1][0] in leads:
            flag = word[0] if word[1] in rule.next_to or word[1] in rule.pairs else None
            yield from _on_flag(rule, word, answered)


def _on_flag(rule: Rule, word: Word, answered: set[int]) -> Iterable[Span]:
    match, written, is_quoted = word
    lead = _attached(rule, written)
    if lead and (spans := _written_on(match, written, lead) if not is_quoted else span_of(_tail(word, lead))):
        if lead >= _SHORTEST_LABEL:
            answered.add(match.start() + _label_in(written[:lead]))
        return spans
    return _paired(rule, argument_of(*word)) if rule.pairs else ()


def _written_on(match: re.Match[str], word: str, lead: int) -> tuple[Span, ...]:
    """Return what is written onto a flag without quotes, which is most of what is."""
    if word[lead] in _QUOTES:
        return span_of(tail_of(Argument(*match.span(), word), lead))
    if len(word) - lead > 1 and not is_evidence(word[lead:]):
        return (Span(match.start() + lead, match.end(), Kind.PASSWORD),)
    return ()


def _tail(word: Word, lead: int) -> Argument:
    return tail_of(argument_of(*word), lead)


def _label_in(flag: str) -> int:
    """Return where the last word of a flag starts, which may be a label, as in `--http-password=`."""
    name = flag.rstrip("=:")
    return len(name) - len(name.replace("/", "-").rpartition("-")[2])


@cache
def _leads(rule: Rule) -> frozenset[str]:
    """Return the characters with which the flags of a command begin."""
    return frozenset(flag[0] for flag in (*rule.next_to, *rule.attached, *rule.pairs))


def _command_in(lower: str) -> str:
    """Return the command that a word names with its path, its ending or a sign before it, nothing where it does not."""
    if lower[0] == "-" or len(lower) > _LONGEST_NAME:
        return ""
    lower = lower.rpartition("\\")[2].rpartition("/")[2].removesuffix(".exe").lstrip("&(`$")
    return lower if lower in COMMANDS else ""


def _behind_flag(rule: Rule, argument: Argument, flag: str) -> Iterable[Span]:
    if flag in rule.next_to and not argument.text.startswith(_NOT_BEHIND_FLAG):
        return span_of(argument)
    return pair_in(argument) if flag in rule.pairs else ()


def _attached(rule: Rule, word: str) -> int:
    """Return the length of the flag that a secret is written onto in `word`, 0 where none is."""
    for flag in rule.attached:
        if word.startswith(flag) and len(word) > len(flag) and not (flag == "-p" and word[1] == "-"):
            return len(flag)
    return 0


def _paired(rule: Rule, argument: Argument) -> Iterable[Span]:
    word = argument.text
    for flag in rule.pairs:
        if word.startswith(flag) and not word.startswith("--", len(flag) - 1) and len(flag) != len(word):
            yield from pair_in(tail_of(argument, len(flag)))


def _piped(match: re.Match[str]) -> Iterator[Span]:
    at = match.start(1)
    for line in match.group(1).split("\\n"):
        whole = Argument(at, at + len(line), line)
        yield from pair_in(whole) if match.group(2).lower() == "chpasswd" else span_of(whole)
        at += len(line) + 2


def _group(match: re.Match[str]) -> Argument:
    number = match.lastindex or 1
    return Argument(*match.span(number), match.group(number))


def _whole(match: re.Match[str]) -> Iterable[Span]:
    return span_of(_group(match))


_PHRASES = {
    "pscredential": (_CREDENTIAL, _whole),
    "securestring": (_SECURE_STRING, _whole),
    "machine": (_NETRC, _whole),
    "echo": (_PIPED, _piped),
    "printf": (_PIPED, _piped),
}
