"""Outbound URLs, typed by admins or named by senders: which of them functions may call.

The form taken is so narrow that every URL parser reads it alike; a disagreement between two parsers is how a check is
walked around. Whether the name leads to a public machine is asked where the connection is made.
"""

import re

from chalicelib.domain.frozen_model import FrozenModel

LONGEST = 500
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PUBLIC = re.compile(
    rf"(?P<scheme>https)://(?P<host>(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9]))(?P<port>)(?::443)?"
    r"(?P<path>(?:/[\w.~!$'()*+,;:@%-]*)*)(?:\?(?P<query>[\w.~!$'()*+,;:@%/?&=-]*))?",
    re.ASCII,
)
_OF_THIS_MACHINE = re.compile(
    r"(?P<scheme>http)://(?P<host>localhost|127\.0\.0\.1)(?P<port>:[1-9]\d{1,4})"
    r"(?P<path>(?:/[\w.~%-]*)*)(?:\?(?P<query>[\w.~+%&=-]*))?",
    re.ASCII,
)
_PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid", "arpa")


class Address(FrozenModel):
    """An address in the one form that is taken."""

    origin: str
    """Scheme, host and, on this machine alone, port."""
    host: str
    path: str
    query: str

    @property
    def is_of_this_machine(self) -> bool:
        """Whether it is plain HTTP to this machine, as only the local stage may call."""
        return self.origin.startswith("http:")


def parse_address(text: str, *, may_be_local: bool = False, longest: int = LONGEST) -> Address:
    """Read an https address of a public name: port 443, no userinfo, no fragment, no raw IP address.

    It has at most `longest` characters. With `may_be_local`, plain http to a port of this machine is taken too; the
    stage `local` alone asks for that.
    Raises ValueError saying what is wrong.
    """
    found = _PUBLIC.fullmatch(text) or (_OF_THIS_MACHINE.fullmatch(text) if may_be_local else None)
    if found is None or len(text) > longest:
        raise ValueError(_what_is_wrong_with(text, longest))
    host = found["host"]
    if found["scheme"] == "https" and host.rsplit(".", 1)[-1] in _PRIVATE_NAMES:
        raise ValueError(f"the name {host} is not public")
    origin = f"{found['scheme']}://{host}{found['port'] or ''}"
    return Address(origin=origin, host=host, path=found["path"], query=found["query"] or "")


_FAULTS = (
    (re.compile(r"(?!https://)"), "an address begins with https://"),
    (re.compile(r"https://[^/?#]*@"), "an address carries no user name or password"),
    (re.compile(r"[^#]*#"), "an address has no part after #"),
    (re.compile(r"https://[^/?#]*:(?!443(?:[/?]|$))\d*(?:[/?]|$)"), "only port 443 is called"),
    (
        re.compile(r"https://(?![^/?]*\.[a-z][a-z0-9-]*(?::443)?(?:[/?]|$))"),
        "an address names a public host in small letters, such as api-na.myconnectwise.net",
    ),
)


def _what_is_wrong_with(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"an address has at most {longest} characters"
    faults = (sentence for shape, sentence in _FAULTS if shape.match(text))
    return next(faults, "the address has characters that no address of a PSA needs")
