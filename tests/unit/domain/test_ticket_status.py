import pytest

from chalicelib.domain.integration import TicketMapping
from chalicelib.domain.ticket_status import is_closed_status, plain_label


@pytest.mark.parametrize(
    "status",
    [
        "CLOSED",
        "Solved",
        "Complete",
        "Completed",
        "Cancelled",
        "Canceled",
        "closed successful",
        "Closed - no reply",
        ">Closed",
        ">> Resolved",
        "Geschlossen",
        "Gelöst",
        "Gelo\u0308st",
        "Erledigt",
        "Clôturé",
        "Résolu",
        "Fermé",
        "Gesloten",
        "Cerrado",
        "Concluído",
        "Chiuso",
        "Løst",
        "Stängd",
        "完了",
        "クローズ",
    ],
)
def test_status_is_closed_by_its_first_word(status: str) -> None:
    assert is_closed_status(status)


@pytest.mark.parametrize(
    "status",
    [
        None,
        "",
        ">",
        "Open",
        "Closing",
        "Not closed",
        "Re-opened",
        "Completeness check",
        "Lost",
        "Waiting",
        "Unresolved",
    ],
)
def test_status_that_only_looks_like_it_is_open(status: str | None) -> None:
    assert not is_closed_status(status)


def test_status_is_closed_when_the_admin_says_so() -> None:
    assert is_closed_status(" abgerechnet", ["Abgerechnet"])
    assert not is_closed_status("Abgerechnet später", ["Abgerechnet"])


@pytest.mark.parametrize("status", ["In Prüfung", "Clôturé", "完了", "⏸ On hold", "Закрыт", "17"])
def test_mapping_takes_statuses_of_every_language(status: str) -> None:
    mapping = TicketMapping(status_on_claim=status, closed_statuses=(status,))

    assert (mapping.status_on_claim, mapping.is_closing("5", f" {status.upper()} ")) == (status, True)


@pytest.mark.parametrize("status", ["", "  ", "In\nProgress", "In\x00Progress", "\u202eNew", "x" * 101])
def test_mapping_takes_no_status_that_cannot_be_seen(status: str) -> None:
    with pytest.raises(ValueError, match="status_on_claim"):
        TicketMapping(status_on_claim=status)


def test_labels_are_compared_in_one_form() -> None:
    assert plain_label(" In Pru\u0308fung") == plain_label("IN PRÜFUNG")
