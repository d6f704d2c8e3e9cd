"""Has moto read each DynamoDB expression once per process, and walk what it read without asking for abstract classes.

A transaction's condition is parsed four times, its update expression twice, and ten validators go through each update.
What they refuse stays as it is: the parsers and validators are moto's, and only what passed is remembered.
"""

from copy import deepcopy
from functools import cache
from pickle import dumps, loads
from typing import Any

import pytest
from moto.dynamodb.comparisons import AttributeValue, ConditionExpressionParser
from moto.dynamodb.parsing import ast_nodes, expressions, validators
from moto.dynamodb.parsing.validators import UpdateExpressionValidator

NAME_VALIDATORS = 3
"""The first of moto's: of the number of clauses, of overlapping paths, and of keys that are updated."""

nodes: Any = ast_nodes
Node, Traverser = nodes.Node, nodes.DepthFirstTraverser
WITH_CLAUSES = (nodes.Expression, nodes.UpdateExpressionFunction)
UpdateParser = vars(expressions)["UpdateExpressionParser"]

Names = tuple[tuple[str, str], ...] | None


def remember_expressions(patch: pytest.MonkeyPatch) -> None:
    """Replace the slow parts of moto's expressions until `patch` is undone."""
    patch.setattr(ConditionExpressionParser, "parse", _parse_condition)
    patch.setattr(ConditionExpressionParser, "_make_operand", _make_operand)
    patch.setattr(UpdateParser, "make", staticmethod(_parsed_update))
    patch.setattr(UpdateExpressionValidator, "validate", _validate)
    patch.setattr(validators, "deepcopy", _copy_of_tree)
    patch.setattr(Traverser, "traverse_node_recursively", _traverse)
    patch.setattr(Node, "find_clauses", _find_clauses)


def _parse_condition(self: Any) -> Any:
    if not self.condition_expression:
        return _parse_any_condition(self)
    names, values = self.expression_attribute_names, self.expression_attribute_values
    node, names_found, values_found = _parsed_condition(
        self.condition_expression,
        names if names is None else tuple(names.items()),
        values if values is None else tuple(values),
    )
    self.expr_attr_names_found.extend(names_found)
    self.expr_attr_values_found.extend(values_found)
    return self._make_op_condition(node)


_parse_any_condition = ConditionExpressionParser.parse


class _TreeParser(ConditionExpressionParser):
    """moto's parser, which ends with the tree, before the values are put in their places."""

    parse_tree: Any = ConditionExpressionParser.parse

    def _make_op_condition(self, node: Any) -> Any:
        return node


@cache
def _parsed_condition(
    expression: str, names: Names, values: tuple[str, ...] | None
) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    unset: Any = values if values is None else dict.fromkeys(values)
    parser = _TreeParser(expression, names if names is None else dict(names), unset)
    tree = parser.parse_tree()
    return tree, tuple(parser.expr_attr_names_found), tuple(parser.expr_attr_values_found)


def _make_operand(self: Any, node: Any) -> Any:
    if node.kind == self.Kind.EXPRESSION_ATTRIBUTE_VALUE:
        return AttributeValue(self.expression_attribute_values[node.text])
    return _make_other_operand(self, node)


_make_other_operand = ConditionExpressionParser._make_operand


@cache
def _parsed_update(expression: str) -> Any:
    tree = _make_tree(expression)
    tree.text = expression
    return tree


_make_tree = UpdateParser.make


def _validate(self: UpdateExpressionValidator) -> Any:
    """Have the validators that ask for names alone go through an expression once, the others through every update."""
    tree = self.node_to_validate
    names = tuple((self.expression_attribute_names or {}).items())
    key = (tree.text, names, tuple(self.table.table_key_attrs))
    if key in _valid_names:
        self.processors = self.processors[NAME_VALIDATORS:]
    validated = _validate_all(self)
    _valid_names.add(key)
    return validated


_validate_all = UpdateExpressionValidator.validate
_valid_names: set[tuple[str, Names, tuple[str, ...]]] = set()


def _copy_of_tree(tree: Any) -> Any:
    """Copy an expression's tree, of which each validator makes one, from bytes."""
    return loads(_bytes_of(tree)) if isinstance(tree, Node) else deepcopy(tree)  # noqa: S301  bytes of this process


@cache
def _bytes_of(tree: Any) -> bytes:
    return dumps(tree)


def _traverse(self: Any, node: Any, child_id: int = -1) -> Any:
    """Go through a tree as moto does, but remember of each class whether it is an abstract one's."""
    kind: Any = type(node)
    if not _is_of(kind, Node):
        return node
    parent = node.parent
    for position, child in enumerate(node.children or ()):
        self.pre_processing_of_child(node, position)
        _traverse(self, child, position)
    if _is_of(kind, _processed_by(self)):
        node = self.process(node)
        node.parent = parent
        if parent:
            parent.children[child_id] = node
    return node


def _processed_by(traverser: Any) -> Any:
    kind = type(traverser)
    if kind not in _processed:
        _processed[kind] = traverser.nodes_to_be_processed()
    return _processed[kind]


_processed: dict[type, Any] = {}


def _find_clauses(self: Any, kinds: list[type]) -> list[Any]:
    found = []
    for child in self.children or ():
        kind: Any = type(child)
        if kind in kinds:
            found.append(child)
        elif _is_of(kind, WITH_CLAUSES):
            found.extend(_find_clauses(child, kinds))
    return found


@cache
def _is_of(kind: Any, kinds: Any) -> bool:
    return issubclass(kind, kinds)
