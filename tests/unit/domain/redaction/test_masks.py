"""What stands in the place of a secret, and which secrets share a number."""

import pytest

from chalicelib.domain.redaction import Kind, Span, find_secrets, mask_marked, redact, redact_together


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


def test_passages_that_the_author_marked_are_found_too() -> None:
    text = "Try winter and Password: Winter2025!, winter again"

    assert find_secrets(text, marked=["winter"]) == [
        Span(4, 10, Kind.MARKED),
        Span(25, 36, Kind.PASSWORD),
        Span(38, 44, Kind.MARKED),
    ]


def test_author_cannot_unmask_by_marking() -> None:
    text = "Password: Sommer2024!"

    for marked in ([], ["mm"], [text], ["Password"], ["[masked]"]):
        found = find_secrets(text, marked=marked)

        assert any(span.start <= 10 and span.end >= 21 for span in found), marked


def test_marked_passage_that_is_part_of_another_is_masked_with_it() -> None:
    assert mask_marked("the winter-lodge and the winter", ["winter", "winter-lodge"]) == (
        "the [masked: marked by the author] and the [masked: marked by the author]"
    )


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Password: Sommer2024!", "Password"),
        ("Password: Sommer2024!", "mm"),
        ("Password: Sommer2024!", "Password: S"),
        ("net user joe Sommer2024! /add", "net user"),
        ("the password is Sommer2024! now", "is"),
        ("user|password\njoe|Sommer2024!", "password"),
        ("Authorization: Bearer Sommer2024.x-91", "Authorization: Bearer"),
    ],
)
def test_marking_what_announces_a_secret_does_not_unmask_it(text: str, passage: str) -> None:
    leaves = redact(mask_marked(text, [passage]))

    assert passage not in leaves.replace("[masked: password]", "")
    assert "mer2024" not in leaves


def test_marking_elsewhere_leaves_what_is_found_as_it_was_stored() -> None:
    stored = mask_marked("the winter safe, Password: Sommer2024!", ["winter"])

    assert stored == "the [masked: marked by the author] safe, Password: Sommer2024!"


def test_marked_passage_is_no_expression() -> None:
    assert (
        mask_marked("a.c abc $&", ["a.c", "$&"]) == "[masked: marked by the author] abc [masked: marked by the author]"
    )


def test_mask_of_the_author_stays_when_the_text_leaves() -> None:
    stored = mask_marked("the safe is behind the winter picture", ["winter"])

    assert redact(stored) == stored


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


def test_second_half_of_a_secret_split_over_two_messages_is_not_covered() -> None:
    assert redact_together(["Password: Sommer", "2024!"]) == ["Password: [masked: password]", "2024!"]
