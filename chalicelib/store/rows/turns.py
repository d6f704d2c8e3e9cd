"""Rows of the table `turns`."""

from typing import Any

from pynamodb.attributes import MapAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class TurnRow(Row):
    """What every turn has, and what turns are listed by."""

    class Meta:
        table_name = TableName("turns")

    session_key = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    kind = UnicodeAttribute()
    author: MapAttribute[str, str] = MapAttribute()
    created_at = UnicodeAttribute()
    epoch = NumberAttribute()
    edited_at = UnicodeAttribute(null=True)
    struck: MapAttribute[str, Any] = MapAttribute(null=True)


class MessageRow(TurnRow):
    """A message."""

    text = UnicodeAttribute()
    reply_to = NumberAttribute(null=True)


class StepRow(TurnRow):
    """A step."""

    action = UnicodeAttribute()
    result = UnicodeAttribute()
    finding = UnicodeAttribute(null=True)
    evidence = UnicodeAttribute()


class NoteRow(TurnRow):
    """A note."""

    text = UnicodeAttribute()
    about = UnicodeAttribute(null=True)
    to: MapAttribute[str, str] = MapAttribute(null=True)


class RequestMarkRow(Row):
    """The mark that a request has made a turn, in a partition beside the turns of its session."""

    class Meta:
        table_name = TableName("turns")

    session_key = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    made_seq = NumberAttribute()
    request_sha256 = UnicodeAttribute()


class SessionTicketNotesRow(Row):
    """The ledger of the ticket notes of a session without a handoff, in a partition beside its turns (ADR 0041).

    Turns of writing are numbered, and the last may last `until`. `change` is what the row was last written for; each
    one that the table's stream announces raises `version`, and keeps who made it and when.
    """

    class Meta:
        table_name = TableName("turns")

    session_key = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    kind = UnicodeAttribute()
    change = UnicodeAttribute()
    version = NumberAttribute(null=True)
    actor: MapAttribute[str, str] = MapAttribute(null=True)
    changed_at = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)
    ledger: MapAttribute[str, Any] = MapAttribute(null=True)
    turn = NumberAttribute(null=True)
    until = UnicodeAttribute(null=True)
