"""Statuses by their words: which of them mean that a ticket is closed, and when two are the same."""

import re
import unicodedata
from collections.abc import Iterable

_CLOSED_WORDS_BY_LANGUAGE = {
    "en": "closed resolved solved complete completed done cancelled canceled",
    "de": "geschlossen abgeschlossen gelost geloest erledigt behoben storniert abgebrochen beendet",
    "fr": "ferme fermee cloture cloturee clos resolu resolue termine terminee annule annulee",
    "nl": "gesloten afgesloten opgelost voltooid afgerond geannuleerd",
    "es": "cerrado cerrada resuelto resuelta solucionado completado cancelado cancelada",
    "pt": "fechado fechada resolvido resolvida concluido concluida encerrado encerrada",
    "it": "chiuso chiusa risolto risolta completato annullato",
    "da": "lukket afsluttet løst",
    "no": "lukket avsluttet løst",
    "sv": "stangd löst avslutad",
    "pl": "zamkniete zamkniety rozwiazane zakonczone anulowane",
    "ja": "完了 解決 解決済み クローズ",
}
"""First words of statuses that end a ticket, as MSPs name them, in small letters. Accents count only where dropping
them would make another word (`löst`, `lost`)."""

_CLOSED_WORDS = frozenset(word for words in _CLOSED_WORDS_BY_LANGUAGE.values() for word in words.split())


def plain_label(text: str) -> str:
    """Return a label as it is compared: trimmed, in one Unicode form, in small letters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def is_closed_status(status: str | None, also: Iterable[str] = ()) -> bool:
    """Tell whether a status means closed: by its first word, or because it is one of `also`.

    ConnectWise boards put `>` before the statuses that close; senders add what became of the ticket behind the word.
    """
    if not status:
        return False
    label = plain_label(status)
    if label in {plain_label(other) for other in also}:
        return True
    first = next(iter(re.findall(r"\w+", label)), "")
    return first in _CLOSED_WORDS or _without_accents(first) in _CLOSED_WORDS


def _without_accents(word: str) -> str:
    """Drop accents from Latin letters; the marks of Japanese kana make other letters and stay."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in parts if not "\u0300" <= char <= "\u036f"))
