"""Which tests `pytest -n` keeps together."""

import pytest

from tests.support.scheduling import misplaced, scope_of


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/stack/test_main_job.py::test_a", "stack"),
        ("tests/stack/races/test_claims_over_http.py::test_a[2]", "stack"),
        ("tests/stack/local/test_runner.py::test_a", "runner"),
        ("tests/concurrency/races/test_kills.py::test_a[x]", "races"),
        ("tests/unit/infra/test_tables.py::test_a", "package"),
        ("tests/unit/store/test_turns.py::test_a[joe@acme.example]", "tests/unit/store/test_turns.py"),
        ("tests/concurrency/interleavings/test_every_order.py::test_a[x]",) * 2,
    ],
)
def test_scope_keeps_the_tests_of_an_expensive_fixture_together(nodeid: str, scope: str) -> None:
    assert scope_of(nodeid) == scope


def test_expensive_fixture_outside_its_folders_is_reported() -> None:
    assert misplaced("tests/unit/store/test_turns.py::test_a", ["tables", "stack"]) == ["stack"]
    assert misplaced("tests/unit/infra/test_tables.py::test_a", ["newcomer", "package_dir"]) == ["newcomer"]
    assert misplaced("tests/stack/local/test_runner.py::test_a", ["newcomer", "stack"]) == ["stack"]
    assert misplaced("tests/concurrency/races/test_kills.py::test_a", ["dynamodb_url", "stack"]) == ["stack"]
    assert misplaced("tests/stack/test_main_job.py::test_a", ["jane", "stack"]) == []
