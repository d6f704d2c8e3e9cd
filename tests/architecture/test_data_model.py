"""`docs/data-model.md` says what the template and the row classes say."""

import ast
import re
from pathlib import Path

import pytest

from tests.support.tables import defined_tables
from tests.unit.actions import test_correction_units, test_operation_units, test_write_units

ROOT = Path(__file__).resolve().parents[2]
BASES = {"Row", "PartRow", "TurnRow"}
PAGE = (ROOT / "docs" / "data-model.md").read_text("utf-8")
TABLES = {
    cells[0].strip("`"): cells[1:]
    for line in PAGE.splitlines()
    if line.startswith("| `") and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 4
}


def names_in(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_page_lists_every_table_of_the_template() -> None:
    assert TABLES.keys() == defined_tables().keys()


@pytest.mark.parametrize("table", TABLES)
def test_keys_and_indexes_are_those_of_the_template(table: str) -> None:
    keys, indexes, _ = TABLES[table]
    defined = defined_tables()[table]

    assert names_in(keys) == [key["AttributeName"] for key in defined["KeySchema"]]
    assert names_in(indexes) == [index["IndexName"] for index in defined.get("GlobalSecondaryIndexes", [])]


def test_row_classes_are_those_of_the_store() -> None:
    classes = {
        node.name
        for file in (ROOT / "chalicelib" / "store" / "rows").glob("*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name.endswith("Row") and node.name not in BASES
    }

    assert {name for _, _, rows in TABLES.values() for name in names_in(rows)} == classes


def test_write_unit_budgets_are_those_that_are_tested() -> None:
    budgets = [int(number) for number in re.findall(r"^\| [^|]+ \| (\d+) \|$", PAGE, re.MULTILINE)]

    corrections = [test_correction_units.TURN, test_correction_units.SESSION]
    operations = [operation.units for operation in test_operation_units.OPERATIONS.values()]
    assert budgets == [test_write_units.CLAIM, test_write_units.LIFE, *corrections, *operations]
