from chalicelib.domain.agenda import DueHandoff, in_order


def due(account_id: str, handoff_id: str, due_s: int = 0) -> DueHandoff:
    return DueHandoff(account_id=account_id, handoff_id=handoff_id, due_s=due_s)


def test_account_with_little_due_comes_before_one_with_much() -> None:
    much = [due("acme", str(number), due_s=number) for number in range(5)]
    little = due("globex", "theirs", due_s=9)

    assert in_order([*much, little]) == [little, *much]


def test_longest_overdue_of_an_account_comes_first() -> None:
    late, later, latest = (due("acme", str(due_s), due_s) for due_s in (3, 2, 1))

    assert in_order([late, latest, later]) == [latest, later, late]
