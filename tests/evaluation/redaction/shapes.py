"""Secrets that have the shape of a service's keys, put together here so that no scanner takes this file for a leak."""

from collections.abc import Iterator

_LONG = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4"
_HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
_BASE64 = "MIIEowIBAAKCAQEAx7QvLZ3m1K9pT5uWc2Yd8fH4jN6bR0sE"

_PARTS = [
    ("AK", "IAIOSFODNN7EXAMPLZ"),
    ("AS", "IAIOSFODNN7EXAMPLZ"),
    ("gh", "p_" + _LONG[:36]),
    ("gh", "s_" + _LONG[4:40]),
    ("github", "_pat_11" + _LONG[:20] + "_" + _LONG[:59]),
    ("glp", "at-" + _LONG[:20]),
    ("xox", "b-1234567890-1234567890123-" + _LONG[:24]),
    ("xox", "p-1234567890-1234567890123-" + _LONG[:24]),
    ("xap", "p-1-A0123456789-1234567890123-" + _HEX),
    ("sk", "_live_" + _LONG[:24]),
    ("rk", "_live_" + _LONG[:24]),
    ("sk", "-ant-api03-" + _LONG),
    ("sk", "-proj-" + _LONG[:48]),
    ("sk", "-" + _LONG[:48]),
    ("AI", "zaSy" + _LONG[:33]),
    ("ya", "29.a0" + _LONG[:60]),
    ("wh", "sec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    ("np", "m_" + _LONG[:36]),
    ("pypi", "-AgEIcHlwaS5vcmc" + _LONG),
    ("SG", "." + _LONG[:22] + "." + _LONG[:43]),
    ("abc", "8Q~" + _LONG[:34]),
    ("hf", "_" + _LONG[:34]),
    ("do", "p_v1_" + _HEX),
    ("dap", "i" + _HEX[:32]),
    ("hv", "s." + _LONG[:28]),
    ("shp", "at_" + _HEX[:32]),
    ("gls", "a_" + _LONG[:32] + "_" + _HEX[:8]),
    ("ATATT", "3xFfGF0" + _LONG + _LONG),
    ("AGE-SECRET", "-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KH"),
    ("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"),
    ("123456", "-234567-345678-456789-567890-678901-789012-890123"),
    ("ABCDE", "-12345-FGHIJ-67890-KLMNO"),
    ("$6$", "rounds$" + _LONG[:60]),
    ("$2b$", "12$" + _LONG[:53]),
    ("SK", _HEX[:32]),
    ("LT", "AI" + _LONG[:20]),
]

_SENTENCES = ["before ⟦{}⟧, after", "value=⟦{}⟧", '"⟦{}⟧"', "tried ⟦{}⟧"]

_BLOCKS = [
    "here:⏎⟦-----BEGIN RSA {}-----⏎" + _BASE64 + "⏎x7Q==⏎-----END RSA {}-----⟧⏎then reboot",
    "⟦-----BEGIN {}-----⏎" + _BASE64 + "⏎-----END {}-----⟧",
    "⟦-----BEGIN OPENSSH {}-----⏎" + _BASE64 + "⏎-----END OPENSSH {}-----⟧⏎ok",
    "⟦-----BEGIN ENCRYPTED {}-----⏎" + _BASE64 + "⏎-----END ENCRYPTED {}-----⟧",
    "⟦-----BEGIN PGP {} BLOCK-----⏎⏎lQOYBF" + _BASE64 + "⏎=Ab1C⏎-----END PGP {} BLOCK-----⟧ and more",
    "> ⟦-----BEGIN EC {}-----⏎> " + _BASE64 + "⏎> -----END EC {}-----⟧⏎> done",
    '{{"key": "⟦-----BEGIN {}-----\\n' + _BASE64 + '\\n-----END {}-----⟧\\n"}}',
    "cut off: ⟦-----BEGIN {}-----⏎" + _BASE64 + "⟧",
    "---- BEGIN is what it shows⏎⟦---- BEGIN SSH2 ENCRYPTED {} ----⏎" + _BASE64 + "⏎---- END SSH2 ENCRYPTED {} ----⟧",
]


def lines() -> Iterator[str]:
    """Yield the cases, their secrets between `⟦` and `⟧`."""
    for number, (head, tail) in enumerate(_PARTS):
        yield _SENTENCES[number % len(_SENTENCES)].format(head + tail)
    for block in _BLOCKS:
        yield block.format("PRIVATE KEY", "PRIVATE KEY")
