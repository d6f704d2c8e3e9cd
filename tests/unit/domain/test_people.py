from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.people import Engineer, Person, Role
from tests.support.builders import JANE, OLGA, SAM, VIC

ORDER = [Role.VIEWER, Role.ENGINEER, Role.SENIOR, Role.ADMIN]


@pytest.mark.parametrize(("role", "other"), [*product(ORDER, ORDER)])
def test_role_includes_itself_and_those_before_it(role: Role, other: Role) -> None:
    assert role.is_at_least(other) == (ORDER.index(role) >= ORDER.index(other))


def test_every_role_has_a_place_in_the_order() -> None:
    assert list(Role) == ORDER


@given(st.lists(st.sampled_from([*ORDER, "users", "", "SENIOR"]).map(str)))
def test_role_is_the_highest_of_the_groups(groups: list[str]) -> None:
    roles = [role for role in ORDER if role.value in groups]

    assert Role.highest_of(groups) == (roles[-1] if roles else None)


def test_groups_without_a_role_give_none() -> None:
    assert Role.highest_of(["everyone", "Admin", "senior "]) is None


@given(st.lists(st.sampled_from(ORDER).map(str), min_size=1), st.sampled_from(ORDER))
def test_another_group_never_takes_a_role_away(groups: list[str], more: Role) -> None:
    before, after = Role.highest_of(groups), Role.highest_of([*groups, more.value])

    assert before is not None
    assert after is not None
    assert after.is_at_least(before)


def test_seniors_and_admins_may_claim_and_nobody_else() -> None:
    may_claim = [caller for caller in (VIC, JANE, SAM, OLGA) if caller.is_senior]

    assert may_claim == [SAM, OLGA]


def test_others_see_of_a_caller_the_id_and_the_name() -> None:
    assert JANE.person == Person(id="sub-jane", name="Jane")


def test_engineer_has_no_skills_until_told() -> None:
    engineer = Engineer(id="sub-jane", name="Jane", email="jane@acme.example", role=Role.ENGINEER)

    assert engineer.skills == ()
