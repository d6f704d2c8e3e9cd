from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outbound_urls import Address, parse_address

NASTY = st.text(st.sampled_from("htps:/@#?.\\[]%0a1-_lc\t\n e\u3002\uff0f"), max_size=40).map("https://".__add__)


def read(text: str, *, may_be_local: bool = False) -> Address | None:
    try:
        return parse_address(text, may_be_local=may_be_local)
    except ValueError:
        return None


@pytest.mark.parametrize(
    "text",
    [
        "https://na.myconnectwise.net",
        "https://na.myconnectwise.net:443/v2025_1//apis",
        "https://webservices5.autotask.net/ATServicesRest/",
        "https://psa.acme.co.uk/a?b=c&d=e",
    ],
)
def test_addresses_of_psas_are_taken(text: str) -> None:
    assert read(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://na.myconnectwise.net",
        "HTTPS://na.myconnectwise.net",
        "https://na.myconnectwise.net.",
        "https://na.myconnectwise.net@evil.example",
        "https://evil.example\\@na.myconnectwise.net",
        "https://na.myconnectwise.net:8443",
        "https://na.myconnectwise.net#x",
        "https://127.0.0.1",
        "https://127.1",
        "https://0x7f000001",
        "https://0177.0.0.1",
        "https://[::ffff:10.0.0.1]",
        "https://localhost",
        "https://metadata.google.internal",
        "https://printer.local",
        "https://na.myconnectwise.net/a b",
        "https://na.myconnectwise.net/\n",
        "https://n\u0430.myconnectwise.net",
        "https://" + "a" * 500 + ".net",
        "file:///etc/passwd",
    ],
)
def test_url_that_may_not_be_called_is_refused(text: str) -> None:
    assert read(text) is None
    assert read(text, may_be_local=True) is None


@given(NASTY)
def test_accepted_url_is_read_alike_by_every_parser(text: str) -> None:
    address = read(text)

    if address:
        assert address.host == urlsplit(text).hostname == httpx2.URL(text).host
        assert (urlsplit(text).username, httpx2.URL(text).userinfo) == (None, b"")


@pytest.mark.parametrize("text", ["http://127.0.0.1:4590/connectwise", "http://localhost:4590"])
def test_this_machine_is_called_in_the_local_stage_alone(text: str) -> None:
    assert (read(text), read(text, may_be_local=True) is not None) == (None, True)


@pytest.mark.parametrize("text", ["http://127.0.0.1", "http://10.0.0.1:80", "http://localhost.evil.example:80/"])
def test_even_there_it_is_this_machine_alone(text: str) -> None:
    assert read(text, may_be_local=True) is None


@given(NASTY | st.text(max_size=20))
def test_refusal_says_what_is_wrong_in_a_sentence(text: str) -> None:
    try:
        parse_address(text)
    except ValueError as error:
        assert " " in str(error)  # noqa: PT017  both outcomes are fine
