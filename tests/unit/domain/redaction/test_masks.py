"""What stands in the place of a secret, and which secrets share a number."""

import pytest

from chalicelib.domain.redaction import Kind, Span, find_secrets, redact, redact_together


def test_mask_says_what_it_was() -> None:
    assert redact("Password: Sommer2024!") == "Password: [masked: password]"
    assert redact("PIN: 4711") == "PIN: [masked: PIN]"
    assert redact("snmp-server community s3cr3tRO ro") == "snmp-server community [masked: SNMP community] ro"


def test_different_secrets_of_a_kind_are_numbered_in_the_order_of_reading() -> None:
    masked = redact("Password: Sommer2024!\nPassword: Winter2025!\nPassword: Sommer2024!")

    assert masked == "Password: [masked: password 1]\nPassword: [masked: password 2]\nPassword: [masked: password 1]"


def test_single_secret_of_a_kind_has_no_number() -> None:
    assert redact("Password: Sommer2024!, PIN: 4711") == "Password: [masked: password], PIN: [masked: PIN]"


def test_secret_that_stands_again_unannounced_is_masked_with_the_same_number() -> None:
    masked = redact("Password: Sommer2024!\nPassword: Winter2025!\nI tried Sommer2024! twice, (Winter2025!), too.")

    assert masked.endswith("I tried [masked: password 1] twice, ([masked: password 2]), too.")


def test_secret_that_is_a_word_of_the_case_is_masked_only_where_it_is_announced() -> None:
    assert redact("Outlook fails. Password: Outlook") == "Outlook fails. Password: [masked: password]"


def test_texts_that_leave_together_share_numbers() -> None:
    masked = redact_together(["Password: Sommer2024!", "no secret", "pw Winter2025!", "pw Sommer2024!"])

    assert masked == [
        "Password: [masked: password 1]",
        "no secret",
        "pw [masked: password 2]",
        "pw [masked: password 1]",
    ]


def test_redacting_no_texts_gives_none() -> None:
    assert redact_together([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Password: [masked]",
        "Password: [masked: password]",
        "Password: [masked: password 2] works",
        "token [masked: key]",
    ],
)
def test_mask_that_is_there_already_stays(text: str) -> None:
    assert redact(text) == text


def test_numbers_of_masks_that_are_there_already_are_not_given_again() -> None:
    masked = redact("Password: [masked: password 2]\nPassword: Sommer2024!")

    assert masked == "Password: [masked: password 2]\nPassword: [masked: password 3]"


@pytest.mark.parametrize(
    "typed", ["********", "●●●●●●", "xxxxxx", "<redacted>", "[REDACTED]", "(hidden)", "{{ vault }}"]
)
def test_mask_typed_by_hand_stays(typed: str) -> None:
    assert redact(f"Password: {typed}") == f"Password: {typed}"


def test_places_that_the_author_marked_are_masked_too() -> None:
    text = "Try Sommer2024! and Password: Winter2025!"

    assert redact(text, marked=[(4, 15)]) == "Try [masked: marked by the author] and Password: [masked: password]"


def test_author_cannot_unmask_by_marking() -> None:
    text = "Password: Sommer2024!"

    for marked in [(0, 0), (10, 12), (0, len(text)), (5, 5)]:
        assert "ommer2024" not in redact(text, marked=[marked])


def test_marked_places_outside_of_the_text_are_cut_to_it() -> None:
    assert find_secrets("abc", marked=[(-5, 1), (2, 99), (50, 60), (2, 1)]) == [
        Span(0, 1, Kind.MARKED),
        Span(2, 3, Kind.MARKED),
    ]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("ｐａｓｓｗｏｒｄ：Ｓｏｍｍｅｒ２０２４！", "Ｓｏｍｍｅｒ２０２４！"),
        ("pass\u200bword: Som\u00admer2024!", "Som\u00admer2024!"),
        ("\u202eكلمة السر password: Sommer2024!", "Sommer2024!"),
        ("pass\U000e0041word: hunter2-Winter!", "hunter2-Winter!"),
        ("Schlu\u0308ssel fu\u0308rs WLAN: kX9vQ2mW4zR7", "kX9vQ2mW4zR7"),
        ("Contrasen\u0303a: Verano.2025*", "Verano.2025*"),
        ("Mot\u00a0de\u00a0passe\u00a0: Soleil2024!", "Soleil2024!"),
    ],
)
def test_writing_that_looks_the_same_hides_no_secret(text: str, secret: str) -> None:
    assert secret in text
    assert redact(text) == text.replace(secret, "[masked: password]" if "lu" not in text else "[masked: key]")


def test_same_secret_in_another_width_has_the_same_number() -> None:
    masked = redact("Password: Sommer2024!\nPassword: Ｓｏｍｍｅｒ２０２４！\nPassword: Winter2025!")

    assert masked.count("[masked: password 1]") == 2


def test_40_kb_without_a_blank_are_masked_to_the_end() -> None:
    assert redact("Password:" + "aB3" * 13_000) == "Password:[masked: password]"
