"""Every event x recipient x settings: the golden table says what the code decides, and leaves nothing out."""

from chalicelib.domain.events import EventType
from tests.support.deliveries.golden_table import GOLDEN, golden_table
from tests.support.deliveries.situations import ABOUT_SESSIONS, IN_NO_FEED, SITUATIONS


def test_table_says_what_the_code_decides() -> None:
    assert golden_table() == GOLDEN.read_text("utf-8")


def test_table_has_every_type_of_event() -> None:
    assert {*SITUATIONS, *ABOUT_SESSIONS, *IN_NO_FEED} == set(EventType)
