"""Recognises a reply by which a person asks not to be written to again.

Conservative in the direction of the law: a missed opt-out harms a person, a false one only costs the operator a
contact that can be restored. Still a conversation is not an opt-out: "vou parar de fumar" or "cancelar o pedido 12 e
mandar o outro?" must not silence anybody. So: the whole message is an opt-out word or phrase, or it has at most four
words and begins with one ("sair por favor", "Pare de enviar!").
"""

import unicodedata
from collections.abc import Iterable

DEFAULT_WORDS = (
    "sair",
    "parar",
    "pare",
    "stop",
    "cancelar",
    "descadastrar",
    "remover",
    "unsubscribe",
    "não quero receber",
)
_MAX_WORDS = 4


def is_opt_out(text: str, words: Iterable[str] = DEFAULT_WORDS) -> bool:
    """Tell whether a reply asks to be taken off the list.

    Case, accents, punctuation, emoji and unseen signs do not matter.
    """
    said = _words_of(text)
    if not said:
        return False
    for word in words:
        asked = _words_of(word)
        if asked and (said == asked or (len(said) <= _MAX_WORDS and said[: len(asked)] == asked)):
            return True
    return False


def _words_of(text: str) -> list[str]:
    # Folded last: bold and wide letters have no small ones of their own.
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = (sign for sign in decomposed if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    return "".join(sign if sign.isalnum() else " " for sign in letters).split()
