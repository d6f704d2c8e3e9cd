"""What people have chosen to be told outside the page: a part of their row of the directory.

The part has a layout of its own, as updates of other attributes of the row do not upgrade it.
"""

from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib.domain.deliveries.notification_settings import NotificationRules, NotificationSettings
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.rows.row import UnknownLayout
from chalicelib.store.transactions import update_alone

LAYOUT = 2
"""Settings of layout 1, which carry no number, may have been saved before a kind of message existed."""

_KEPT = EngineerRow.notification_settings


def load(account_id: str, engineer_id: str) -> NotificationSettings:
    """Return somebody's settings, the defaults where nothing was saved."""
    try:
        return settings_in(EngineerRow.get(account_id, engineer_id, consistent_read=True))
    except DoesNotExist:
        return NotificationSettings()


def save(
    account_id: str,
    engineer_id: str,
    settings: NotificationSettings,
    loaded: NotificationSettings,
    *,
    confirmed_at: Instant | None = None,
) -> bool:
    """Write the settings of somebody in the directory over what was loaded; False when that has changed since.

    `confirmed_at`: its person says so, and with that their address gets e-mail again, whatever came back before.
    """
    trouble, confirmed = EngineerRow.email_trouble, EngineerRow.email_confirmed_at
    confirms = [trouble.remove(), confirmed.set(format_instant(confirmed_at))] if confirmed_at else []
    is_unchanged: Condition = _KEPT["version"] == loaded.version if loaded.version else _KEPT.does_not_exist()
    row = EngineerRow(account_id, engineer_id)
    document = to_document(settings) | {"layout": LAYOUT}
    return update_alone(row, [_KEPT.set(document), *confirms], EngineerRow.name.exists() & is_unchanged)


def settings_in(row: EngineerRow) -> NotificationSettings:
    """Read the settings from a row of the directory. Raises UnknownLayout for those of a later release."""
    content: dict[str, Any] = dict(plain(row.notification_settings) or {})
    layout = int(content.pop("layout", 1))
    if layout > LAYOUT:
        raise UnknownLayout(EngineerRow, layout, attribute=_KEPT.attr_name, known=LAYOUT)
    if layout == 1 and "rules" in content:
        content["rules"] = _with_later_kinds(content["rules"])
    return NotificationSettings.model_validate(content)


def _with_later_kinds(rules: dict[str, Any]) -> dict[str, Any]:
    """Return rules of layout 1 with the default for each kind that they do not mention; `null` says never."""
    defaults = to_document(NotificationRules())
    return {sort: defaults[sort] | rule for sort, rule in rules.items()}
