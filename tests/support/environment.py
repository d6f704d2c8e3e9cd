"""Settings for tests: environment variables, read again by `settings()`, which otherwise reads them once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib.settings import settings


def configure(patch: pytest.MonkeyPatch, /, **variables: str | None) -> None:
    """Set environment variables (None: remove) until `patch` is undone, and have the settings read them."""
    for name, value in variables.items():
        if value is None:
            patch.delenv(name, raising=False)
        else:
            patch.setenv(name, value)
    settings.cache_clear()


@contextmanager
def configured(**variables: str | None) -> Iterator[pytest.MonkeyPatch]:
    """Set environment variables (None: remove) within; before and after, the settings are read again."""
    with pytest.MonkeyPatch.context() as patch:
        configure(patch, **variables)
        yield patch
    settings.cache_clear()
