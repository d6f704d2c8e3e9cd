import pytest

from chalicelib.adapters.psa.picklists import MOST_KEPT, NONE_KEPT_S, Picklist
from chalicelib.domain.psa import PsaFault, PsaRefused, PsaUnavailable


class Psa:
    """Answers with what it was given, and keeps what it was asked."""

    def __init__(self, *answers: str | PsaFault | None) -> None:
        self.answers, self.asked = list(answers), list[str]()
        self.second = 0.0
        self.names = Picklist(self.read, lambda: self.second)

    def read(self, number: str) -> str | None:
        self.asked.append(number)
        answer = self.answers.pop(0)
        if isinstance(answer, PsaFault):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("answer", "name"), [("New", "New"), (None, None), ("", None), (PsaRefused("You may not."), None)]
)
def test_number_is_asked_for_once_whatever_is_answered(answer: str | PsaFault | None, name: str | None) -> None:
    psa = Psa(answer)

    assert [psa.names.of("1") for _ in range(3)] == [name] * 3
    assert psa.asked == ["1"]


def test_that_there_is_no_name_is_not_remembered_for_long() -> None:
    psa = Psa(None, "Sam Rivera")
    psa.names.of("14")
    psa.second = NONE_KEPT_S + 1

    assert [psa.names.of("14") for _ in range(2)] == ["Sam Rivera"] * 2


def test_psa_in_trouble_is_asked_again() -> None:
    psa = Psa(PsaUnavailable("Later."), "New")
    with pytest.raises(PsaUnavailable):
        psa.names.of("1")

    assert psa.names.of("1") == "New"


@pytest.mark.parametrize("number", [None, ""])
def test_missing_id_is_not_looked_up(number: str | None) -> None:
    psa = Psa()

    assert (psa.names.of(number), psa.asked) == (None, [])


def test_only_so_many_are_kept() -> None:
    psa = Psa(*["name"] * (MOST_KEPT + 2))
    for number in [*range(MOST_KEPT + 1), 0]:
        psa.names.of(str(number))

    assert psa.asked[-1] == "0"
