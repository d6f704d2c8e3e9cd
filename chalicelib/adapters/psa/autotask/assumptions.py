"""What Autotask is believed to do, and nobody we can read has verified."""

NOTE_LIMIT = 30_000
"""Clients cut at 32,000; the documentation once said 3,200."""

INTERNAL = "2"
"""The `publish` value of internal notes, checked against the tenant's own list before it is used."""

NOTE_TYPES = ("1", "2", "3")
"""Summary, detail and notes, said to be types that people write; others, such as 13, are those of workflow rules."""

CLOSED = "5"
"""Complete, said to be the same for every tenant."""
