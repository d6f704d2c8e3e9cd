import json

import pytest
from pydantic import ValidationError

from chalicelib.contracts.problem import FieldError, Problem

NOT_FOUND = Problem(title="Not found", status=404, code="not_found", detail="There is no such session.")


def test_problem_says_only_what_belongs_to_its_code() -> None:
    written = json.loads(NOT_FOUND.model_dump_json(exclude_none=True))

    assert written == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "code": "not_found",
        "detail": "There is no such session.",
    }


def test_problem_has_no_other_fields() -> None:
    with pytest.raises(ValidationError):
        Problem.model_validate({**NOT_FOUND.model_dump(), "trace": "File …"})


def test_field_error_names_field_and_fault() -> None:
    fault = FieldError(pointer="/epoch", detail="Field required")

    assert fault.model_dump() == {"pointer": "/epoch", "detail": "Field required"}
