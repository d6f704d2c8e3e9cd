"""Rows of the table `handoff_parts`: what belongs to a handoff and must not make its row larger."""

from typing import Any

from pynamodb.attributes import MapAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class PartRow(Row):
    """What every part has: the handoff it belongs to, and its name."""

    class Meta:
        table_name = TableName("handoff_parts")

    handoff_key = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)


class SnapshotPartRow(PartRow):
    """What was handed over; written once. `request_sha256` is a digest of the body of the hand off."""

    snapshot: MapAttribute[str, Any] = MapAttribute()
    suspicion = UnicodeAttribute(null=True)
    request_sha256 = UnicodeAttribute(null=True)


class AssessmentPartRow(PartRow):
    """Who works on the assessment, and then the answer, once in each round.

    `asked_at` is the `pending_since` that the lease was taken for, and `settled_for` that of the request that ended
    without an answer: a stream record of it that comes again begins nothing. `seen` is what the last run knew of the
    case. A new round moves the answer to `earlier`, which is read until the next one is there.
    """

    lease_id = UnicodeAttribute(null=True)
    lease_until = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    settled_for = UnicodeAttribute(null=True)
    attempts = NumberAttribute(null=True)
    seen: MapAttribute[str, Any] = MapAttribute(null=True)
    earlier: MapAttribute[str, Any] = MapAttribute(null=True)
    assessment: MapAttribute[str, Any] = MapAttribute(null=True)
    improvement: MapAttribute[str, Any] = MapAttribute(null=True)


class TicketNotesPartRow(PartRow):
    """The ledger of the handoff's ticket notes: turns of writing are numbered, and the last may last `until`."""

    ledger: MapAttribute[str, Any] = MapAttribute(null=True)
    turn = NumberAttribute(null=True)
    until = UnicodeAttribute(null=True)


class CorrectionPartRow(PartRow):
    """What was corrected of what was handed over, as it is now."""

    correction: MapAttribute[str, Any] = MapAttribute()


class KeptEventRow(PartRow):
    """An event of the handoff, kept for good."""

    event: MapAttribute[str, Any] = MapAttribute()


class OpeningsRow(PartRow):
    """Who opened the handoff while it waited: for each person their id and name, parted by a `#`."""

    opened_by = UnicodeSetAttribute(null=True)
