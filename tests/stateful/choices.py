"""What the rules of the state machine draw from: people, epochs, keys and faults, the likely ones more often."""

from hypothesis import strategies as st

from tests.support.builders import ALEX, HANK, JANE, JOE, OLGA, SAM, VIC
from tests.support.dynamodb.write_faults import DELIVERED, KINDS, WriteFault

MOST_SESSIONS = 2
STAFF = (JANE, JOE, SAM, ALEX, OLGA)
PEOPLE = (*STAFF, VIC)
"""Everybody in the directory."""
BY_ID = {caller.id: caller for caller in PEOPLE}

picks = st.integers(0, 11)
staff = st.sampled_from(STAFF)
anybody = st.sampled_from([SAM, ALEX, OLGA] * 3 + [JANE, JOE, VIC, HANK])
the_right_one = st.sampled_from([None] * 20 + [SAM, JANE, OLGA, OLGA, JOE, HANK])
"""Anyone whom the rules let do it. Left to chance alone, few would ever get anywhere."""
epochs_off = st.sampled_from([0] * 14 + [-1, 1])
shown_epochs = st.sampled_from([None] * 4 + [0] * 6 + [-1, -1, 1])
"""How far the epoch that somebody was shown is from the one that is; None: they do not say."""
named = st.sampled_from([SAM, ALEX, OLGA] * 3 + [JANE, VIC])
"""Whom somebody directs a handoff to; the last two may not claim."""
keys = st.none() | st.sampled_from(["k1", "k2"])
faults = st.sampled_from([DELIVERED] * 24 + [WriteFault(kind, write) for kind in KINDS for write in (0, 0, 0, 1)])
