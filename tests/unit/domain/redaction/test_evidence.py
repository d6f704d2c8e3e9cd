"""What a secret looks like, and what never is one."""

import pytest

from chalicelib.domain.redaction.evidence import (
    entropy,
    forget_judgments,
    is_evidence,
    is_numbered,
    is_random,
    looks_secret,
)

NEVER = [
    *["0x80090016", "0xC000006A", "-2147024891", "AADSTS70008", "NT_STATUS_LOGON_FAILURE", "ERROR_LOGON_FAILURE"],
    *["KB5034441", "ORA-01017", "invalid_grant", "PROJ-1234", "10.0.22631.4460", "6.0.97.8244", "v2.14.3"],
    *["S-1-5-21-1004336348-1177238915-682003330-512", "019ab000-0000-7000-8000-00000000000a"],
    *[
        "{6F1B0A4C-9D7E-4C53-8A11-0B7C2D3E4F50}",
        "2026-11-23",
        "2026-11-23T09:00:00Z",
        "23.11.2026",
        "10:30",
        "14:30:05",
    ],
    *[
        "tests/dns01.tests.ps1",
        r"C:\Windows\System32\lsasrv.dll",
        "setup.exe",
        r"HKLM\SOFTWARE\Policies",
        "app.js:1234",
    ],
    *["10.0.0.5", "10.0.0.0/24", "00:1A:2B:3C:4D:5E", "joe@acme.example", "srv01.corp.example", "https://a.example/x1"],
    *[
        "Alt+F4",
        "Strg+Alt+Entf",
        "********",
        "●●●●",
        "[masked]",
        "[masked: password 2]",
        "<password>",
        "${DB_PASSWORD}",
    ],
    *["$DB_PASSWORD", "%PASSWORD%", "{{ vault }}", "get_token()", 'os.environ["X1"]', "Get-Credential", "95%", "12ms"],
    *["expired", "abgelaufen", "verlopen", "expiré", "caducada", "scaduta", "true", "null", "YES", "", "...", "5"],
]
MAY_BE = ["Sommer2024!", "hunter2", "P@ss,w0rd;x", "fjord-ladder-29", "4f9a77c1b2e05d38", "letmein", "correct-horse"]


@pytest.mark.parametrize("value", NEVER)
def test_identifier_code_or_state_is_evidence(value: str) -> None:
    from chalicelib.domain.redaction.folding import fold

    assert is_evidence(fold(value).text)


@pytest.mark.parametrize("value", NEVER)
@pytest.mark.parametrize("around", ["({})", '"{}"', "{},", "{}:"])
def test_evidence_in_brackets_quotes_or_before_a_mark_is_evidence(value: str, around: str) -> None:
    from chalicelib.domain.redaction.folding import fold

    assert is_evidence(around.format(fold(value).text))


@pytest.mark.parametrize("value", MAY_BE)
def test_possible_secret_is_not_evidence(value: str) -> None:
    assert not is_evidence(value)


@pytest.mark.parametrize("value", ["Sommer2024!", "hunter2", "P@ssword", "12#34!", "fjord-29", "UwBvAG0AbQBlAHIA"])
def test_digits_among_letters_marks_and_mixed_case_look_secret(value: str) -> None:
    assert looks_secret(value)


@pytest.mark.parametrize("value", ["prompt", "Stop!", "saved", "4711", "a1", "well-known", "Winter", ""])
def test_word_or_number_does_not_look_secret(value: str) -> None:
    assert not looks_secret(value)


@pytest.mark.parametrize("value", ["DC01", "Office365", "OAuth2", "srv-db01", "Windows11"])
def test_thing_with_a_number_is_numbered(value: str) -> None:
    assert is_numbered(value)


@pytest.mark.parametrize("value", ["hunter2", "Winter2025", "sommer"])
def test_password_with_a_number_is_not_numbered(value: str) -> None:
    assert not is_numbered(value)


def test_entropy_is_that_of_shannon() -> None:
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2


def test_random_value_is_long_and_of_high_entropy() -> None:
    assert is_random("q8Zx1Lm4Vt7Rb2Nc9Kp3Ws6Yd0")
    assert not is_random("q8Zx1Lm4")
    assert not is_random("a1a1a1a1a1a1a1a1a1a1a1a1")
    assert not is_random("019ab000-0000-7000-8000-00000000000a")


def test_judged_values_are_forgotten() -> None:
    looks_secret("Sommer2024!")
    forget_judgments()

    assert looks_secret.cache_info().currsize == 0
