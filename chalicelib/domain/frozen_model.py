"""The base of all domain values: frozen, with strict validation."""

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """An immutable value, equal to any other with the same content. Its validator is built when it is first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
