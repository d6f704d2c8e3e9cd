#!/bin/sh
# Hypothesis 6.170.15 with pydantic 2.13.5: `builds(Model, …)` fills in what a model requires, but not of a model with
# `defer_build=True` that nobody has used yet. Until its first use such a model has the signature `(**data)`, so Hypothesis
# sees no required arguments, and each example fails with "Field required". Of a model that something else has used
# before, the same strategy works: tests pass or fail by the order that they run in.
# Seen by: the same strategy for a model that was used, and for one that was not. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check hypothesis==6.170.15 pydantic==2.13.5
"$folder/venv/bin/python" - <<'PYTHON'
from hypothesis import find, strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError


class Deferred(BaseModel):
    model_config = ConfigDict(defer_build=True)


class Used(Deferred):
    number: int
    is_open: bool


class Unused(Deferred):
    number: int
    is_open: bool


def drawn(model):
    try:
        return type(find(st.builds(model, number=st.integers()), lambda ticket: True)).__name__
    except ValidationError as error:
        return "; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())


Used(number=1, is_open=True)
used, unused = drawn(Used), drawn(Unused)
print("a model that was used:", used)
print("one that was not:", unused)
assert (used, unused) == ("Used", "is_open: Field required"), (used, unused)
PYTHON
