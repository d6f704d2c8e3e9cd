"""Settings from the environment, read once, on first use."""

import os
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict


def _without_final_slash(url: str) -> str:
    return url.rstrip("/")


class Settings(BaseModel):
    """The function's environment as one frozen value. Nothing in it is a secret; a secret is named by its ARN."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    stage: str = "prod"  # the strictest, should a function ever be without it
    app_version: str = "0.0.0"
    table_prefix: str = ""
    aws_timeout_s: float = 2
    events_topic_arn: str = ""
    oidc_issuer: str = ""
    oidc_audience: str = ""
    oidc_jwks_url: str = ""
    ai_provider: Literal["anthropic", "bedrock", "rehearsal"] = "anthropic"
    ai_model: str = "claude-sonnet-5-5"
    ai_base_url: str = ""
    ai_key_secret_arn: str = ""
    anthropic_api_key: str = ""
    live_url: str = ""
    live_callback_url: str = ""
    psa_deliveries_queue_url: str = ""
    psa_pushes_queue_url: str = ""
    integration_secrets_prefix: str = ""
    notifications_queue_url: str = ""
    due_handoffs_queue_url: str = ""
    channel_secrets_prefix: str = ""
    page_url: Annotated[str, AfterValidator(_without_final_slash)] = ""
    email_sender: str = ""
    email_configuration_set: str = ""
    push_public_key: str = ""
    push_keys_secret: str = ""
    sends_sms: bool = False
    log_level: str = "INFO"

    @property
    def may_call_this_machine(self) -> bool:
        """Whether integrations may name plain http addresses of this machine: only where the sandbox is."""
        return self.stage == "local"

    @classmethod
    def from_environment(cls) -> Self:
        """Read every field from the environment variable of its name in capitals."""
        found = {name: os.environ[name.upper()] for name in cls.model_fields if os.environ.get(name.upper())}
        return cls.model_validate(found)


@cache
def settings() -> Settings:
    """Return the settings of this process. Raises pydantic.ValidationError that names an invalid variable."""
    return Settings.from_environment()
