"""How long calls to AWS on the way of a request may take."""

from botocore.config import Config

from chalicelib.settings import settings


def quick_calls() -> Config:
    """Return limits for calls that a request waits for: two tries, each with the time of the settings for an answer."""
    timeout_s = settings().aws_timeout_s
    return Config(connect_timeout=1, read_timeout=timeout_s, retries={"mode": "standard", "total_max_attempts": 2})
