"""Any domain value that the types allow, for tests that must hold for all of them."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from hypothesis import strategies as st

from chalicelib.domain.assessment import Assessment, RuledOut, SuggestedStep, Usage
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.events import Event
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff_detail import HandoffDetail, TicketNotes
from chalicelib.domain.instants import to_milliseconds, up_to_second
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import Since, Snapshot
from chalicelib.domain.turn import Author, AuthorKind, Message, Note, NoteAbout, Step

M = TypeVar("M", bound=FrozenModel)


def values(model: type[M], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[M]:
    """Any value of a domain model: by `fields`, and by its types where it requires more.

    A model that builds its validator on first use has no signature until then, and Hypothesis would leave out what it
    requires.
    """
    model.model_rebuild()
    return st.builds(model, **fields)


IDS = st.uuids().map(str)
TEXTS = st.text(max_size=30)
"""Whatever can be written as UTF-8: empty, control characters, emoji, marks that change the direction."""

COUNTS = st.integers(0, 10**9)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(to_milliseconds)
PEOPLE = values(Person, id=IDS, name=TEXTS)
AUTHORS = values(Author, kind=st.sampled_from(AuthorKind), id=IDS, name=TEXTS)
SEQS = st.lists(COUNTS, max_size=3).map(tuple)

MESSAGES = values(
    Message, seq=COUNTS, author=AUTHORS, text=TEXTS, created_at=INSTANTS, epoch=COUNTS, reply_to=st.none() | COUNTS
)
STEPS = values(Step, seq=COUNTS, author=AUTHORS, action=TEXTS, created_at=INSTANTS, epoch=COUNTS)
NOTES = values(
    Note,
    seq=COUNTS,
    author=AUTHORS,
    text=TEXTS,
    about=st.none() | st.sampled_from(NoteAbout),
    to=st.none() | PEOPLE,
    created_at=INSTANTS,
    epoch=COUNTS,
)
TURNS = MESSAGES | STEPS | NOTES

PACKAGES = values(
    EscalationPackage,
    handoff_id=IDS,
    reason=TEXTS,
    priority=TEXTS,
    summary=TEXTS,
    steps_tried=st.lists(TEXTS, max_size=3).map(tuple),
    likely_cause=st.none() | TEXTS,
    recommended_next_steps=st.lists(TEXTS, max_size=3).map(tuple),
    is_enriched=st.booleans(),
    created_at=INSTANTS,
)
SNAPSHOTS = values(
    Snapshot,
    problem_summary=TEXTS,
    problem_domain=st.none() | TEXTS,
    psa_ticket_id=st.none() | TEXTS,
    step_count=COUNTS,
    steps=st.lists(STEPS, max_size=2).map(tuple),
    messages=st.lists(MESSAGES, max_size=2).map(tuple),
    notes=st.lists(NOTES, max_size=2).map(tuple),
    omitted=COUNTS,
    last_seq=COUNTS,
    taken_at=INSTANTS,
)
ASSESSMENTS = values(
    Assessment,
    likely_cause=st.none() | TEXTS,
    ruled_out=st.lists(values(RuledOut, cause=TEXTS, evidence=SEQS), max_size=2).map(tuple),
    suggested_steps=st.lists(
        values(SuggestedStep, text=TEXTS, why=TEXTS, evidence=SEQS, already_tried=st.booleans()), max_size=2
    ).map(tuple),
    confidence_score=st.floats(0, 1).map(lambda score: round(score, 3)),
    model=TEXTS,
    prompt_version=TEXTS,
    input_sha256=TEXTS,
    usage=values(
        Usage,
        input_tokens=COUNTS,
        output_tokens=COUNTS,
        cache_read_input_tokens=COUNTS,
        cache_creation_input_tokens=COUNTS,
    ),
)
SESSIONS = values(
    Session,
    account_id=IDS,
    id=IDS,
    problem_summary=TEXTS,
    problem_domain=st.none() | TEXTS,
    psa_ticket_id=st.none() | TEXTS,
    integration_id=st.none() | TEXTS,
    owner=PEOPLE,
    holder=st.none() | PEOPLE,
    open_handoff_id=st.none() | IDS,
    epoch=COUNTS,
    turn_count=COUNTS,
    step_count=COUNTS,
    held_by=st.frozensets(IDS, max_size=3),
    newest_handoff_id=st.none() | IDS,
    resolution=st.none() | TEXTS,
    root_cause=st.none() | TEXTS,
    created_at=INSTANTS,
    updated_at=INSTANTS,
    resolved_at=st.none() | INSTANTS,
)
HANDOFFS = values(
    HandoffDetail,
    account_id=IDS,
    id=IDS,
    session_id=IDS,
    sender=PEOPLE,
    owner_id=IDS,
    title=TEXTS,
    summary_start=TEXTS,
    problem_domain=st.none() | TEXTS,
    psa_ticket_id=st.none() | TEXTS,
    client=st.none() | TEXTS,
    contact=st.none() | TEXTS,
    step_count=COUNTS,
    due_at=st.none() | INSTANTS.map(up_to_second),
    prompt_version=st.none() | TEXTS,
    since=st.just(Since.of((), is_open=True)),
    released_by=st.none() | PEOPLE,
    snapshot=SNAPSHOTS,
    assessment=st.none() | ASSESSMENTS,
    assessment_attempts=COUNTS,
    pending_since=st.none() | INSTANTS,
    claimed_by=st.none() | PEOPLE,
    claimed_at=st.none() | INSTANTS,
    claim_epoch=COUNTS,
    ticket_notes=values(TicketNotes, note_id=st.none() | TEXTS, attempts=COUNTS, error=st.none() | TEXTS),
    actor=PEOPLE,
    version=COUNTS,
    created_at=INSTANTS,
    updated_at=INSTANTS,
)
EVENTS = values(
    Event,
    id=IDS,
    occurred_at=INSTANTS,
    account_id=IDS,
    session_id=IDS,
    handoff_id=IDS,
    version=COUNTS,
    actor=st.none() | PEOPLE,
    title=st.none() | TEXTS,
    data=st.dictionaries(st.text("abc_", min_size=1), st.none() | TEXTS | COUNTS | st.booleans(), max_size=3),
)
