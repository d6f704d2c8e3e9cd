"""Logs and metrics by Powertools, which is imported on first use: a cold start does not wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.settings import settings

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

_correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")


def correlation_id() -> str:
    """Return the id that ties a request to the stream records and calls that follow from it; empty outside of one."""
    return _correlation_id.get()


@contextmanager
def correlated(with_id: str) -> Iterator[None]:
    """Attach `with_id` to everything logged or written inside."""
    token = _correlation_id.set(with_id)
    try:
        yield
    finally:
        _correlation_id.reset(token)


@cache
def _logger() -> "Logger":
    from aws_lambda_powertools import Logger

    return Logger(service="flowpilot", level=settings().log_level, utc=True)


def info(what: str, **facts: Any) -> None:
    """Log an event. `facts` are ids, counts and codes; never texts that people wrote, never secrets."""
    _logger().info(what, stacklevel=3, extra={"correlation_id": correlation_id(), **facts})


def error(what: str, failure: BaseException | None = None, **facts: Any) -> None:
    """Log a failure: its type and traceback places, not its message, which may quote people's text."""
    if failure is not None:
        facts |= {"failure": type(failure).__name__, "at": _places(failure)}
    _logger().error(what, stacklevel=3, extra={"correlation_id": correlation_id(), **facts})


def _places(failure: BaseException) -> list[str]:
    places, trace = [], failure.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def count(metric: str, **dimensions: str) -> None:
    """Add one to a counter."""
    _emit(metric, 1, "Count", dimensions)


def record_seconds(metric: str, seconds: float, **dimensions: str) -> None:
    """Record a duration."""
    _emit(metric, seconds, "Seconds", dimensions)


def _emit(metric: str, value: float, unit: str, dimensions: dict[str, str]) -> None:
    from aws_lambda_powertools import single_metric
    from aws_lambda_powertools.metrics import MetricUnit

    with single_metric(name=metric, unit=MetricUnit(unit), value=value, namespace="FlowPilot") as emitted:
        emitted.add_dimension(name="Stage", value=settings().stage)
        for name, content in dimensions.items():
            emitted.add_dimension(name=name, value=content)
