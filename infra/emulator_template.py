"""The one place where the template for an emulator differs from the template for AWS."""

from typing import Any

Template = dict[str, Any]


def adapted_to_emulator(template: Template) -> Template:
    """A copy of `template` without what the emulator does not know."""
    return template
