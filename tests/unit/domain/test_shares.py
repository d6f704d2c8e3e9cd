from chalicelib.domain.shares import shares_of


def test_shares_hold_everything_once_in_order() -> None:
    found = list(range(5))

    assert shares_of(found, 2) == [found[:2], found[2:4], found[4:]]
    assert shares_of([], 2) == []
