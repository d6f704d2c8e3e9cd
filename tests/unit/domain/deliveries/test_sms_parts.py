"""How many parts an SMS is sent as. The limits are those of 3GPP TS 23.038 and 23.040."""

import pytest

from chalicelib.domain.deliveries.sms_parts import GSM_7, UCS_2, encoding_of, in_gsm, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("🧯" * 35, 1),
        ("🧯" * 66, 2),
        ("🧯" * 67, 3),
    ],
)
def test_parts_are_counted_as_networks_do(text: str, parts: int) -> None:
    assert parts_of(text) == parts


def test_one_character_of_another_script_makes_all_of_it_wide() -> None:
    assert (encoding_of("Outlook [down] ~ 5 €"), encoding_of("Outlook ж")) == (GSM_7, UCS_2)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Outlook” – won’t start…", '"Outlook" - won\'t start...'),
        ("Zoë Müller, naïve, été, ñ", "Zoe Müller, naive, été, ñ"),
        ("Łódź Đorđe Škoda", "Lodz Dorde Skoda"),
        ("Printer 🧯️ on fire ①", "Printer  on fire 1"),
        ("Ω € ~ [x]", "Ω € ~ [x]"),
    ],
)
def test_text_is_put_into_the_phones_alphabet(text: str, plain: str) -> None:
    assert in_gsm(text) == plain
    assert encoding_of(plain) is GSM_7


@pytest.mark.parametrize("text", ["Сервер", "حريق", "サーバー", "١٢٣"])
def test_letters_of_another_script_are_kept(text: str) -> None:
    assert in_gsm(text) is None
