"""Redaction: no secret leaves with a text, and no evidence is lost.

`find_secrets` says where the secrets of a text are, `redact` masks them, `redact_together` masks several texts that
leave as one; `mask_marked` masks what an author marked, before a text is stored. The detectors stand beside this, their
vocabulary in `vocabulary/`; ADR 0016 says why they are our own.

What is not covered: a bare secret that nothing announces and that looks like no known key (`try Sommer2024!`, unless
it is announced elsewhere in what leaves together), a plain word that only `is` announces (`the password is sommer`),
a secret split over several messages, a secret that is a word of another script behind a label in that script.
"""

from chalicelib.domain.redaction.author_masks import mask_marked
from chalicelib.domain.redaction.masks import find_secrets, redact, redact_together
from chalicelib.domain.redaction.spans import Kind, Span

__all__ = ["Kind", "Span", "find_secrets", "mask_marked", "redact", "redact_together"]
