"""Which replies silence a contact, and which are only conversation."""

import pytest

from desktop.audience.optout import is_opt_out


@pytest.mark.parametrize(
    "text",
    [
        "SAIR",
        "sair",
        " Sair! ",
        "saír",
        "Parar.",
        "STOP",
        "stop 🛑",
        "Cancelar",
        "sair por favor",
        "Pare de enviar!",
        "Não quero receber",
        "nao quero receber",
        "*SAIR*",
        "SA\u200bIR",
        "\u2066sair\u2069",
        "sa\u00adir",
        "\U0001d412\U0001d400\U0001d408\U0001d411",
        "ＳＡＩＲ",
        "sair\n\n--\nMaria",
    ],
)
def test_opt_outs(text: str) -> None:
    assert is_opt_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "quero sair",
        "vou parar de fumar",
        "sairei amanhã",
        "pode cancelar?",
        "cancelar o pedido 12 e mandar outro",
        "quero receber",
        "stopover",
    ],
)
def test_conversation_is_no_opt_out(text: str) -> None:
    assert not is_opt_out(text)


def test_the_words_are_the_operators() -> None:
    assert is_opt_out("BASTA!", ["basta"])
    assert is_opt_out("me tira disso já", ["me tira"])
    assert not is_opt_out("sair", ["basta"])
    assert not is_opt_out("sair", ["", "!"])
