import pytest

from chalicelib.adapters.ai.api_key import ai_key
from chalicelib.adapters.ai.faults import AiUnavailable
from chalicelib.domain.assessment import AssessmentError
from chalicelib.settings import Settings


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(anthropic_api_key="   "),
        Settings(anthropic_api_key="two words"),
        Settings(anthropic_api_key="naïve"),
        Settings(ai_provider="rehearsal"),
    ],
)
def test_ai_without_a_usable_key_is_not_configured(settings: Settings) -> None:
    with pytest.raises(AiUnavailable) as caught:
        ai_key(settings)

    assert caught.value.reason is AssessmentError.NOT_CONFIGURED


def test_key_with_a_line_break_at_its_end_is_fit_for_a_header() -> None:
    assert ai_key(Settings(anthropic_api_key="sk-canary\n")) == "sk-canary"


def test_key_is_in_no_fault() -> None:
    with pytest.raises(AiUnavailable) as caught:
        ai_key(Settings(anthropic_api_key="sk canary"))

    assert "canary" not in caught.value.detail


def test_bedrock_without_credentials_is_not_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    with pytest.raises(AiUnavailable) as caught:
        ai_key(Settings(ai_provider="bedrock"))

    assert caught.value.reason is AssessmentError.NOT_CONFIGURED
