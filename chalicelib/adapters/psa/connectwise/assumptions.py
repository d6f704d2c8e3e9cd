"""What ConnectWise is believed to do, and nobody we can read has verified."""

NOTE_LIMIT = 4_000
"""Other clients keep 4,000 characters of a ticket note; the API's own model names no limit for it."""
