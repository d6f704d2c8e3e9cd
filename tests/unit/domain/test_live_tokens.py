from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.live_tokens import LiveToken, digest_of, read_live_token
from tests.support.builders import JANE, minute

accounts = st.text(max_size=12)
secrets = st.text(alphabet="abcXYZ019-_", min_size=1, max_size=43)


def a_token(account_id: str, secret: str) -> LiveToken:
    return LiveToken(
        account_id=account_id, engineer_id=JANE.id, secret=secret, expires_at=minute(1), socket_until=minute(60)
    )


@given(accounts, secrets)
def test_token_reads_back_from_its_text(account_id: str, secret: str) -> None:
    assert read_live_token(a_token(account_id, secret).text) == (account_id, secret)


def test_malformed_live_token_names_no_account() -> None:
    assert read_live_token("s3cret")[0] == ""


@given(secrets)
def test_digest_does_not_show_the_secret(secret: str) -> None:
    assert len(digest_of(secret)) == 64


@given(secrets, secrets)
def test_another_secret_has_another_digest(one: str, other: str) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)
