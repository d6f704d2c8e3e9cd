"""Addresses of people that no e-mail is sent to any more: a part of their row of the directory."""

from chalicelib.domain.deliveries.mail_feedback import EmailTrouble
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import update_alone


def switch_off(account_id: str, engineer_id: str, trouble: EmailTrouble, sent_at: Instant) -> bool:
    """Send no more e-mail to the address that `trouble` is about.

    Returns False, with nothing written, when it is off already, is not its person's address any more, or was confirmed
    by its person after the e-mail in question was sent, at `sent_at`.
    """
    kept, confirmed = EngineerRow.email_trouble, EngineerRow.email_confirmed_at
    is_theirs = EngineerRow.email == trouble.address
    is_on = kept.does_not_exist() | (kept["address"] != trouble.address)
    is_newest = confirmed.does_not_exist() | (confirmed < format_instant(sent_at))
    row = EngineerRow(account_id, engineer_id)
    return update_alone(row, [kept.set(to_document(trouble))], is_theirs & is_on & is_newest)


def trouble_in(row: EngineerRow) -> EmailTrouble | None:
    """Read it from a row of the directory: None when it is about an address that its person has no more."""
    kept = plain(row.email_trouble)
    trouble = EmailTrouble.model_validate(kept) if kept else None
    return trouble if trouble and row.email and trouble.is_about(row.email) else None
