"""Answers of the sandbox against the vendors' models, as two public clients have generated them.

ConnectWise: the pydantic models of pyconnectwise. HaloPSA: the field lists of HaloPSA, whose types are too coarse for
what the vendor calls an object. What the models do not know, or of another type, goes out as a list of complaints.
"""

import json
import os
import typing
from dataclasses import fields
from datetime import datetime
from typing import Any

from HaloPSA.responses.Action import Action
from HaloPSA.responses.Ticket import Ticket as HaloTicket
from pyconnectwise.models import manage
from pydantic import ValidationError


def complaints_of_model(model: Any, row: dict[str, Any], place: str) -> list[str]:
    """What of a row the pydantic model does not have, or has of another type, down to the objects in it."""
    known = {field.alias or name: field for name, field in model.model_fields.items()}
    found = [f"{place}.{name}: unknown" for name in row if name not in known]
    for name, value in row.items():
        if isinstance(value, dict) and name in known and (part := part_of(known[name].annotation)):
            found += complaints_of_model(part, value, f"{place}.{name}")
    try:
        model.model_validate(row)
    except ValidationError as error:
        found += [f"{place}.{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return found


def part_of(annotation: Any) -> Any:
    """The model that a field holds, if it holds one."""
    arguments = typing.get_args(annotation) or (annotation,)
    return next((one for one in arguments if hasattr(one, "model_fields")), None)


def complaints_of_fields(kind: Any, row: dict[str, Any], place: str) -> list[str]:
    """What of a row the dataclass does not have, or has as a number or a time where the row has something else."""
    known = {field.name: str(field.type) for field in fields(kind)}
    found = [f"{place}.{name}: unknown" for name in row if name not in known]
    for name, value in row.items():
        if value is not None and name in known and not fits(known[name], value):
            found.append(f"{place}.{name}: {value!r} is no {known[name]}")
    return found


def fits(kind: str, value: Any) -> bool:
    """Whether a value is of a type in plain words; of what comes with details alone both forms are seen."""
    if "datetime" in kind:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    if "int" in kind:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, bool) == ("bool" in kind)


MODELS = {
    "connectwise ticket": lambda row, place: complaints_of_model(manage.Ticket, row, place),
    "connectwise note": lambda row, place: complaints_of_model(manage.ServiceNote, row, place),
    "connectwise status": lambda row, place: complaints_of_model(manage.BoardStatus, row, place),
    "connectwise board": lambda row, place: complaints_of_model(manage.Board, row, place),
    "connectwise member": lambda row, place: complaints_of_model(manage.Member, row, place),
    "connectwise error": lambda row, place: complaints_of_model(manage.ErrorResponseMessage, row, place),
    "halopsa ticket": lambda row, place: complaints_of_fields(HaloTicket, row, place),
    "halopsa action": lambda row, place: complaints_of_fields(Action, row, place),
}

answers = json.loads(os.environ["ANSWERS"])
print(json.dumps([said for place, row in answers for said in MODELS[place](row, place)]))
