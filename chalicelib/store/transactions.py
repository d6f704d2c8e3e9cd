"""All-or-nothing writes, and what comes back when one does not go through."""

import random
import time
from collections.abc import Callable, Sequence

from pynamodb.exceptions import DeleteError, PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.domain.errors import Unavailable
from chalicelib.store.connection import dynamodb
from chalicelib.store.rows.row import Image, Row
from chalicelib.store.transient_errors import error_code

CONFLICT_ATTEMPTS = 6
CONFLICT_PAUSE_S = 0.02
BUSY = "Too many people are changing this at once. Try again."


class ConditionFailed(Exception):
    """A condition of the transaction did not hold and nothing was written.

    `images` holds, for each row whose condition failed, what was there instead (None: nothing was).
    """

    def __init__(self, images: dict[int, Image | None]) -> None:
        super().__init__("a condition did not hold")
        self._images = images

    def failed(self, row: Row) -> bool:
        """Whether it was the condition on `row` that did not hold."""
        return id(row) in self._images

    def image(self, row: Row) -> Image | None:
        """What stood in the place of `row` when its condition failed."""
        return self._images.get(id(row))


class Transaction:
    """Writes that are committed together, each with its condition.

    pynamodb reports failures with all checks first, then all deletes, puts and updates, whatever the order of the
    calls; this keeps the same order, so that each reason finds the row it speaks of.
    """

    def __init__(self) -> None:
        self._checks: list[tuple[Row, Condition]] = []
        self._deletes: list[tuple[Row, Condition | None]] = []
        self._puts: list[tuple[Row, Condition | None]] = []
        self._updates: list[tuple[Row, Sequence[Action], Condition | None]] = []

    def check(self, row: Row, condition: Condition) -> None:
        """Change nothing of the item that has the keys of `row`, but let `condition` hold for it."""
        self._checks.append((row, condition))

    def delete(self, row: Row, condition: Condition | None) -> None:
        """Delete the item that has the keys of `row`, if `condition` holds for it; None: whether it is there or not."""
        self._deletes.append((row, condition))

    def put(self, row: Row, condition: Condition | None) -> None:
        """Write the whole `row`, if `condition` holds for what is there; None: over whatever is there.

        Then the conditions of the other writes guard it.
        """
        self._puts.append((row, condition))

    def update(self, row: Row, actions: Sequence[Action], condition: Condition | None) -> None:
        """Change the item that has the keys of `row`, if `condition` holds for it; None: whatever is there."""
        self._updates.append((row, actions, condition))

    def commits(self) -> bool:
        """Write everything or nothing; return False when a condition did not hold. Raises what `commit` raises else."""
        try:
            self.commit()
        except ConditionFailed:
            return False
        return True

    def commit(self, look: Callable[[], None] | None = None) -> None:
        """Write everything or nothing.

        A conflict with another transaction says nothing about the conditions, so it is tried again, with jitter; also
        beside a condition that failed, as only without a conflict the images tell all there is to know. Before each new
        try `look` may see that it would fail, and raise.
        Raises ConditionFailed, Unavailable when conflicts do not end, and all else as it comes.
        """
        for attempt in range(CONFLICT_ATTEMPTS):
            try:
                return self._send()
            except TransactWriteError as error:
                codes = {reason.code for reason in error.cancellation_reasons if reason}
                if codes in ({"TransactionConflict"}, {"TransactionConflict", "ConditionalCheckFailed"}):
                    _pause(attempt)
                    if look:
                        look()
                elif "ConditionalCheckFailed" in codes:
                    raise ConditionFailed(self._images(error)) from error
                else:
                    raise
        raise Unavailable(BUSY, retry_after_s=1)

    def _send(self) -> None:
        with TransactWrite(connection=dynamodb()) as write:
            for row, needed in self._checks:
                write.condition_check(type(row), *row.key_values, condition=needed)
            for row, condition in self._deletes:
                write.delete(row, condition=condition)
            for row, condition in self._puts:
                write.save(row, condition=condition, return_values="ALL_OLD")
            for row, actions, condition in self._updates:
                write.update(row, actions=list(actions), condition=condition, return_values="ALL_OLD")

    def _images(self, error: TransactWriteError) -> dict[int, Image | None]:
        rows = [row for row, *_ in (*self._checks, *self._deletes, *self._puts, *self._updates)]
        return {
            id(row): reason.raw_item
            for row, reason in zip(rows, error.cancellation_reasons, strict=True)
            if reason and reason.code == "ConditionalCheckFailed"
        }


def update_alone(row: Row, actions: Sequence[Action], condition: Condition | None) -> bool:
    """Change one item and load the outcome into `row`; return False, with nothing changed, when `condition` fails.

    None: whatever is there. A conflict with a transaction under way is tried again, with jitter. Raises Unavailable
    when conflicts do not end.
    """
    return _write_alone(lambda: row.update(list(actions), condition=condition))


def put_alone(row: Row, condition: Condition | None) -> bool:
    """Write the whole `row`; return False, with nothing written, when `condition` fails.

    None: over whatever is there. A conflict with a transaction under way is tried again, with jitter. Raises
    Unavailable when conflicts do not end.
    """
    return _write_alone(lambda: row.save(condition=condition))


def delete_alone(row: Row, condition: Condition) -> bool:
    """Delete the item that has the keys of `row`; return False, with nothing deleted, when `condition` fails.

    A conflict with a transaction under way is tried again, with jitter. Raises Unavailable when conflicts do not end.
    """
    return _write_alone(lambda: row.delete(condition=condition))


def _write_alone(write: Callable[[], object]) -> bool:
    for attempt in range(CONFLICT_ATTEMPTS):
        try:
            write()
        except (DeleteError, PutError, UpdateError) as error:
            code = error_code(error)
            if code == "ConditionalCheckFailedException":
                return False
            if code != "TransactionConflictException":
                raise
            _pause(attempt)
        else:
            return True
    raise Unavailable(BUSY, retry_after_s=1)


def _pause(attempt: int) -> None:
    time.sleep(random.uniform(0, CONFLICT_PAUSE_S * 2**attempt))  # noqa: S311  jitter, not a secret
