import pytest

from chalicelib.adapters.psa.connectwise.callback_keys import require_own_key_address
from chalicelib.domain.webhook_delivery import WebhookRejected

PAGE = "/v2025_1//system/callbackkey/index.rails"
QUERY = "?companyName=northwindmsp&id=0b9a4d5e"


def refused(
    address: str, base_url: str = "https://api-na.myconnectwise.net", *, may_be_local: bool = False
) -> str | None:
    try:
        require_own_key_address(address, base_url=base_url, company_id="northwindmsp", may_be_local=may_be_local)
    except WebhookRejected as refusal:
        return refusal.reason.value
    return None


@pytest.mark.parametrize("host", ["na.myconnectwise.net", "api-na.myconnectwise.net", "na.myconnectwise.net:443"])
@pytest.mark.parametrize("base_url", ["https://na.myconnectwise.net", "https://api-na.myconnectwise.net/v4_6_release"])
def test_tenants_own_host_and_its_twin_are_asked(host: str, base_url: str) -> None:
    assert refused(f"https://{host}{PAGE}{QUERY}", base_url) is None


@pytest.mark.parametrize(
    "host",
    [
        "eu.myconnectwise.net",
        "na.myconnectwise.net.evil.example",
        "evil-na.myconnectwise.net",
        "na.myconnectwise.net@evil.example",
        "evil.example/na.myconnectwise.net",
        "169.254.169.254",
        "na.myconnectwise.net:8443",
        "api-api-na.myconnectwise.net",
        "na.myconnectwise.net%2eevil.example",
        "NA.myconnectwise.net",
    ],
)
def test_host_that_only_looks_like_it_is_not(host: str) -> None:
    assert refused(f"https://{host}{PAGE}{QUERY}") == "key_url_host_not_allowed"


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/documents/1234",
        "/system/callbackkey/index.rails/../../documents/1234",
        "/a/../system/callbackkey/index.rails",
        "/documents/1234%3f/system/callbackkey/index.rails",
        "/system/callbackkey/index.rails.json",
    ],
)
def test_another_page_of_the_host_gives_out_no_keys(page: str) -> None:
    assert refused(f"https://na.myconnectwise.net{page}{QUERY}") == "key_url_host_not_allowed"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?id=1",
        "?companyName=",
        "?companyName=someothermsp",
        "?companyName=northwindmsp2",
        "?companyName=NorthwindMSP",
        "?companyName=northwindmsp&companyName=someothermsp",
        "?companyname=someothermsp&companyName=northwindmsp",
    ],
)
def test_key_of_another_company_proves_nothing(query: str) -> None:
    assert refused(f"https://na.myconnectwise.net{PAGE}{query}") == "key_url_company_mismatch"


@pytest.mark.parametrize("query", ["?companyName=northwindmsp;companyName=evil", "?companyName=northwindms%70"])
def test_query_that_can_be_read_in_two_ways_is_refused(query: str) -> None:
    assert refused(f"https://na.myconnectwise.net{PAGE}{query}") == "key_url_host_not_allowed"


def test_host_of_two_labels_has_no_twin() -> None:
    assert refused(f"https://evil.example{PAGE}{QUERY}", "https://api-evil.example") == "key_url_host_not_allowed"


def test_plain_http_is_refused() -> None:
    assert refused(f"http://na.myconnectwise.net{PAGE}{QUERY}") == "key_url_not_https"


def test_local_stage_fetches_the_sandboxs_key_at_its_own_port() -> None:
    own = "http://localhost:4590"

    assert refused(f"{own}/connectwise{PAGE}{QUERY}", own, may_be_local=True) is None
    assert refused(f"http://localhost:4591{PAGE}{QUERY}", own, may_be_local=True) == "key_url_host_not_allowed"


def test_local_stage_fetches_no_public_psas_key_from_this_machine() -> None:
    assert refused(f"http://localhost:4590{PAGE}{QUERY}", may_be_local=True) == "key_url_host_not_allowed"
