import pytest

from infra.local.bring_up import ai_provider
from infra.local.services import LocalTrouble


@pytest.mark.parametrize(
    ("environment", "provider"),
    [
        ({}, "rehearsal"),
        ({"ANTHROPIC_API_KEY": "sk"}, "anthropic"),
        ({"ANTHROPIC_API_KEY": "sk", "AI_PROVIDER": "rehearsal"}, "rehearsal"),
        ({"AI_PROVIDER": "bedrock"}, "bedrock"),
    ],
)
def test_key_chooses_the_real_ai_unless_told_otherwise(environment: dict[str, str], provider: str) -> None:
    assert ai_provider(environment) == provider


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [({"AI_PROVIDER": "oracle"}, "not 'oracle'"), ({"AI_PROVIDER": "anthropic"}, "needs the key in ANTHROPIC_API_KEY")],
)
def test_impossible_ai_choice_is_refused_with_a_reason(environment: dict[str, str], complaint: str) -> None:
    with pytest.raises(LocalTrouble, match=complaint):
        ai_provider(environment)
