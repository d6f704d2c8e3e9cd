"""What the first masking already got right, and still has to be."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.redaction import find_secrets, redact

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nx7Q==\n-----END RSA PRIVATE KEY-----"

ANNOUNCED = [
    "password: {}",
    "Password = {}",
    "PASSWORD:{}",
    "pwd={}",
    "Passwort: {}",
    "Kennwort: {}",
    "Das Passwort ist {}",
    "password：{}",
    "The password is “{}”",
    "user/pass: {}",
    "The password is {}",
    "the password was {}, it fails",
    "The password for joe is {}.",
    "password for 10.0.0.5: {}",
    "I changed the password to {} and rebooted",
    "the password of the router is now {}",
    "Password:\n{}",
    "new password -> {}",
    "secret = {}",
    "client_secret={}",
    "DB_PASSWORD={}",
    "export AWS_SECRET_ACCESS_KEY={}",
    "aws_secret_access_key = {}",
    "AccountName=store;AccountKey={};EndpointSuffix=core",
    "Server=db;User=sa;Password={};Encrypt=yes",
    "api key: {}",
    "API-Key: {}",
    "X-Api-Key: {}",
    "apikey={}",
    "access_token={}",
    "https://example.com/hook?token={}&user=joe",
    "https://store.example.com/c?sv=2024&sig={}",
    "PIN: {}",
    "otp: {}",
    "passphrase: {}",
    "Pre-shared key: {}",
    "PSK={}",
    "WPA key: {}",
    "license key: {}",
    "recovery key = {}",
    '{{"user": "joe", "password": "{}"}}',
    "{{'password': '{}'}}",
    "password => '{}'",
    "<Password>{}</Password>",
    "Authorization: Basic {}",
    "authorization: Bearer {}",
    "Authorization: {}",
    "curl -H 'Authorization: Bearer {}' https://example.com",
    "redis://:{}@cache.example.com:6379/0",
    "postgres://joe:{}@db.example.com/app",
    "password {}",
    "--password {}",
]

SHAPES = [
    JWT,
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsT",
    "glpat-ABCdef123456_7890xyz",
    "xoxb-1234567890-abcdefghijkl",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "sk-ant-api03-AbCdEfGhIjKl-MnOpQrSt_UvWxYz",
    "sk-proj-4bCdEfGhIjKl-MnOpQrSt_UvWxYz",
    "sk-4bCdEfGhIjKlMnOpQrStUvWx",
    "AIzaSyA1234567890abcdefghijklmnopqrstuv",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "npm_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789",
    "SG.AbCdEfGhIjKlMnOpQrStUv.AbCdEfGhIjKlMnOpQrStUvWxYz",
    "abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789a",
    "123456-234567-345678-456789-567890-678901-789012-890123",
    "ABCDE-12345-FGHIJ-67890-KLMNO",
]

PROSE = [
    "",
    "the password was rejected",
    "reset the password, pin the app",
    "The password is expired and the account is locked",
    "the password is wrong, he says",
    "Password reset at 10:30, then it worked",
    "I reset the password: he could not sign in before",
    "Reset password: done",
    "password: not set",
    "Password: unknown",
    "password:",
    "Password:\nDomain: ACME",
    "Passwords are synced by Entra Connect",
    "passwordless sign-in is on",
    "PasswordLastSet : 11/2/2026",
    "the password policy asks for 12 characters",
    "the password is only 8 characters long",
    "the password is 12 characters",
    "sent the password to joe@acme.example",
    "the token is expired",
    "the token was revoked by the vendor",
    "token: expired",
    "input_tokens: 512",
    "his security token is broken",
    "the secret is to reboot twice",
    "a secret of the trade: patience",
    "pin the app to the taskbar",
    "the pin is on the desk",
    "pin 5 of the plug is bent",
    "pins: 4 and 7",
    "spin: 5",
    "first pass: 12 errors",
    "the first pass was 20 minutes",
    "bypass: enabled",
    "compass: north",
    "password was changed 2026-11-23 10:00",
    "password manager KeePass crashed",
    "the password on DC01 was rejected",
    "the password for 3 users was reset",
    'Password: "unknown"',
    "basic authentication is switched off",
    "Basic authentication",
    "Bearer token missing",
    "bearer authentication",
    "Settings > Password > Change",
    "the key is under the mat",
    "keyboard: German",
    "private key is missing",
    "the api key was rotated",
    "https://example.com:8080/path and mail joe@acme.example",
    "see https://example.com/reset-password?user=joe",
    "ticket 4711, KB5034441, 10.0.0.5, 2026-11-23T09:00:00Z",
    "error 0x8007052e on DC01",
    "sk-bratislava-dc01 is down",
    "the task-scheduler-service-account is locked",
    "serial 123456-234567",
    "019ab000-0000-7000-8000-00000000000a",
    "Autodiscover answers with the old server",
    "Cookie: cleared, did not help",
    "otp app on the new phone",
]

SECRETS = ["Sommer2024!", "hunter2", "P@ss,w0rd;x", "dXNlcjpwYXNzd29yZA==", "4f9a-77c1_b2"]

MASK = r"\[masked: [A-Za-z -]+\]"
marks = st.sampled_from(["[masked]", "[masked: key]", " ", "\n", ":", "=", '"', "'", "/", "@", ";", "is"])
fragments = st.sampled_from([*ANNOUNCED, *SHAPES, PEM, *PROSE, *SECRETS])
collages = st.lists(fragments | marks | st.text(max_size=5), max_size=8).map("".join)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("sentence", ANNOUNCED)
def test_announced_secret_is_masked(sentence: str, secret: str) -> None:
    masked = redact(sentence.format(secret))

    assert [part for part in re.split(r"[^\w@!]+", secret) if len(part) > 2 and part in masked] == []


@pytest.mark.parametrize("sentence", ANNOUNCED)
def test_announcement_stays(sentence: str) -> None:
    lead = sentence.format("{}").split("{}")[0].rstrip("“")

    assert redact(sentence.format("Sommer2024!")).startswith(lead)


@pytest.mark.parametrize("sentence", ["password: {}", "password = {}", "Password: {}, user: joe", "pwd:{}"])
@pytest.mark.parametrize("secret", ["sommer", "letmein", "Winter", "correct-horse"])
def test_plain_word_after_a_colon_is_masked(sentence: str, secret: str) -> None:
    assert secret not in redact(sentence.format(secret))


@pytest.mark.parametrize("secret", SHAPES)
def test_secret_of_a_known_shape_is_masked_without_announcement(secret: str) -> None:
    assert re.fullmatch(rf"before {MASK}, after", redact(f"before {secret}, after"))


@pytest.mark.parametrize("prose", PROSE)
def test_plain_prose_stays(prose: str) -> None:
    assert redact(prose) == prose


@given(collages)
@example("password: [masked]")
@example("://a:[masked]@b")
@example("https://joe:token='a b'@example.com")
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@given(collages)
def test_spans_are_in_order_inside_the_text_and_apart(text: str) -> None:
    spans = find_secrets(text)

    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end <= len(text) for end, span in zip(ends, spans, strict=False))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.\n", max_size=300))
def test_small_letters_without_announcement_stay(text: str) -> None:
    assert (
        re.search(r"pass|pwd|pw|mdp|ww|secret|key|token|pin|otp|ps[kq]|kennwort|clave|net", text)
        or redact(text) == text
    )
