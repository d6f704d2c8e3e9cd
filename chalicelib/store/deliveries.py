"""The ledger of deliveries: each entry is written once, taken by one run at a time, and settled by that run alone."""

import hashlib
from collections.abc import Iterable
from uuid import uuid4

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib.domain.deliveries.ledger import (
    ARRIVING,
    KEPT_FOR,
    LEASE,
    TO_PEOPLE,
    DeliveryKind,
    DeliveryState,
    LedgerEntry,
)
from chalicelib.domain.deliveries.outcome import SendOutcome
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.store.keys import subject_key, webhook_key
from chalicelib.store.mapping import set_or_remove, to_attributes, to_value
from chalicelib.store.rows.deliveries import LedgerRow
from chalicelib.store.transactions import put_alone, update_alone


def add(entry: LedgerEntry) -> bool:
    """Write a planned entry; return False, with nothing written, when it is there already."""
    is_webhook = entry.recipient.kind is DeliveryKind.WEBHOOK
    row = LedgerRow(
        **to_attributes(entry),
        subject_key=subject_key(entry.account_id, entry.subject),
        position=entry.position,
        webhook_key=webhook_key(entry.account_id, entry.recipient.id) if is_webhook else None,
        expires_at=int((entry.created_at + KEPT_FOR).timestamp()),
    )
    return put_alone(row, LedgerRow.position.does_not_exist())


def find(account_id: str, subject: str, position: str) -> LedgerEntry | None:
    """Return an entry, None when there is none."""
    try:
        return _entry(LedgerRow.get(subject_key(account_id, subject), position, consistent_read=True))
    except DoesNotExist:
        return None


def find_many(account_id: str, places: Iterable[tuple[str, str]]) -> list[LedgerEntry]:
    """Return those entries that are there, by subject and position, in the order given."""
    keys = [(subject_key(account_id, subject), position) for subject, position in places]
    rows = LedgerRow.batch_get(keys, consistent_read=True) if keys else ()
    found = {(row.subject_key, row.position): _entry(row) for row in rows}
    return [found[key] for key in keys if key in found]


def take(
    entry: LedgerEntry, at: Instant, *, shown_secret: str | None = None, round_name: str | None = None
) -> LedgerEntry | None:
    """Take an entry for one try, until its lease ends; None when another run was first.

    `round_name`: the round with whose message it goes out, which the run that had it join may not have written yet.
    Of `shown_secret`, by which a device may say that it showed the message, a digest is kept. A repeat of this very
    request, after its answer was lost, takes it too.
    """
    digests, lease_id = LedgerRow.shown_digest, str(uuid4())
    gathered = [LedgerRow.round.set(round_name)] if round_name else []
    taken = [
        *gathered,
        set_or_remove(digests, shown_secret and _digest(shown_secret)),
        LedgerRow.state.set(DeliveryState.SENDING.value),
        LedgerRow.attempts.set(entry.attempts + 1),
        LedgerRow.lease_id.set(lease_id),
        LedgerRow.leased_until.set(format_instant(at + LEASE)),
        LedgerRow.next_try_at.remove(),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    row, is_mine = _row(entry), LedgerRow.lease_id == lease_id
    return _entry(row) if update_alone(row, taken, _is_unchanged(entry) | is_mine) else None


def settle(
    entry: LedgerEntry,
    state: DeliveryState,
    detail: str | None,
    at: Instant,
    *,
    next_try_at: Instant | None = None,
    outcome: SendOutcome | None = None,
) -> bool:
    """Write how the try that took `entry` ended; return False when its lease had passed to another.

    A repeat of this very request, after its answer was lost, is no other. `outcome`, of the last try, says what the
    service calls the message, which place of its person it went to, or that there was none any more.
    """
    details, tries = LedgerRow.detail, LedgerRow.next_try_at
    accepted = [LedgerRow.accepted_at.set(format_instant(at))] if state is DeliveryState.ACCEPTED else []
    called = [LedgerRow.message_id.set(outcome.message_id)] if outcome and outcome.message_id else []
    went = [LedgerRow.sent_to.set(outcome.place)] if outcome and outcome.place else []
    gone = [LedgerRow.is_place_gone.set(True)] if outcome and outcome.is_place_gone else []
    settled = [
        *accepted,
        *called,
        *went,
        *gone,
        LedgerRow.state.set(state.value),
        LedgerRow.leased_until.remove(),
        set_or_remove(details, detail),
        set_or_remove(tries, next_try_at and format_instant(next_try_at)),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    is_done = (LedgerRow.attempts == entry.attempts) & (LedgerRow.state == state.value)
    is_repeat = is_done & (LedgerRow.updated_at == format_instant(at))
    return update_alone(_row(entry), settled, _is_unchanged(entry) | is_repeat)


def fail_later(entry: LedgerEntry, detail: str, at: Instant) -> bool:
    """Write that a message which was taken has failed after all; False when that is known, or its person has read it.

    A run that is still waiting for the answer to its message finds its try ended.
    """
    failed = [
        LedgerRow.state.set(DeliveryState.FAILED.value),
        LedgerRow.leased_until.remove(),
        LedgerRow.next_try_at.remove(),
        LedgerRow.detail.set(detail),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    may_have_left = LedgerRow.state.is_in(*(state.value for state in ARRIVING))
    return update_alone(_row(entry), failed, may_have_left)


def gather(entry: LedgerEntry, round_name: str, due_at: Instant, at: Instant) -> bool:
    """Write that an entry waits for the message of a round; return False when it has changed since it was read."""
    gathered = [
        LedgerRow.state.set(DeliveryState.GATHERED.value),
        LedgerRow.round.set(round_name),
        LedgerRow.leased_until.remove(),
        LedgerRow.next_try_at.set(format_instant(due_at)),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    return update_alone(_row(entry), gathered, _is_unchanged(entry))


def reopen(entry: LedgerEntry, at: Instant) -> bool:
    """Reopen an entry that has ended, to be sent again; return False when it has changed since it was read."""
    opened = [
        LedgerRow.state.set(DeliveryState.PENDING.value),
        LedgerRow.leased_until.remove(),
        LedgerRow.detail.remove(),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    return update_alone(_row(entry), opened, _is_unchanged(entry))


def mark_shown(account_id: str, subject: str, position: str, secret: str, at: Instant) -> bool:
    """Write that the device showed the message of an entry, once; return False for a secret that is not its own."""
    shown = [
        LedgerRow.state.set(DeliveryState.SHOWN.value),
        LedgerRow.shown_at.set(format_instant(at)),
        LedgerRow.shown_digest.remove(),
        LedgerRow.leased_until.remove(),
        LedgerRow.next_try_at.remove(),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    is_opened = LedgerRow.state == DeliveryState.OPENED.value
    is_its_own = LedgerRow.shown_digest == _digest(secret)
    row = LedgerRow(subject_key(account_id, subject), position)
    return update_alone(row, shown, is_its_own & ~is_opened) or update_alone(row, shown[1:], is_its_own & is_opened)


def mark_arrived(entry: LedgerEntry, at: Instant) -> bool:
    """Write that the person says that the message of `entry` arrived; False when it cannot have, or it says so."""
    arrived = [
        LedgerRow.state.set(DeliveryState.OPENED.value),
        LedgerRow.opened_at.set(format_instant(at)),
        LedgerRow.leased_until.remove(),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    return update_alone(_row(entry), arrived, LedgerRow.state.is_in(*(state.value for state in ARRIVING)))


def mark_opened(account_id: str, subject: str, person_id: str, at: Instant) -> int:
    """Write that a person opened the case, on the entries of what was sent to them; return how many there are."""
    opened = [
        LedgerRow.state.set(DeliveryState.OPENED.value),
        LedgerRow.opened_at.set(format_instant(at)),
        LedgerRow.leased_until.remove(),
        LedgerRow.updated_at.set(format_instant(at)),
    ]
    may_have_arrived = LedgerRow.state.is_in(*(state.value for state in ARRIVING))
    sent = [
        entry
        for entry in all_of_subject(account_id, subject)
        if entry.recipient.id == person_id and entry.recipient.kind in TO_PEOPLE and entry.state in ARRIVING
    ]
    return sum(update_alone(_row(entry), opened, may_have_arrived) for entry in sent)


def all_of_subject(account_id: str, subject: str) -> list[LedgerEntry]:
    """Return every delivery about a handoff or a session: as many queries as they have megabytes."""
    return [_entry(row) for row in LedgerRow.query(subject_key(account_id, subject), consistent_read=True)]


def all_of_event_to(entry: LedgerEntry) -> list[LedgerEntry]:
    """Return every delivery of the same event to the person of `entry`; one query, however many others were told.

    Ids of people that begin alike are read as well.
    """
    prefix = LedgerRow.position.startswith(f"{entry.event.id}#{entry.recipient.id}")
    rows = LedgerRow.query(subject_key(entry.account_id, entry.subject), prefix, consistent_read=True)
    return [_entry(row) for row in rows]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _is_unchanged(entry: LedgerEntry) -> Condition:
    return (LedgerRow.attempts == entry.attempts) & (LedgerRow.state == entry.state.value)


def _row(entry: LedgerEntry) -> LedgerRow:
    return LedgerRow(subject_key(entry.account_id, entry.subject), entry.position)


def _entry(row: LedgerRow) -> LedgerEntry:
    return to_value(LedgerEntry, row)
