"""EventBridge event patterns, as far as `infra/template.yaml` uses them to filter the stream.

Source: "Filter rule syntax" of the AWS Lambda developer guide. A list names the values that match; `exists` works on
leaves only; a field that a pattern names has to be there.
"""

from typing import Any


def matches(pattern: dict[str, Any], content: Any) -> bool:
    """Tell whether `content` has what `pattern` asks for. Raises ValueError for a rule that is not known here."""
    return all(_holds(rule, content.get(name) if isinstance(content, dict) else None) for name, rule in pattern.items())


def _holds(rule: Any, found: Any) -> bool:
    if isinstance(rule, dict):
        return matches(rule, found)
    return any(_allows(allowed, found) for allowed in rule)


def _allows(allowed: Any, found: Any) -> bool:
    if not isinstance(allowed, dict):
        return bool(allowed == found)
    if set(allowed) != {"exists"}:
        raise ValueError(f"the rule {sorted(allowed)} is not known here")
    is_leaf = found is not None and not isinstance(found, dict)
    return bool(allowed["exists"] == is_leaf)
