"""What leaves for one person's text, and what becomes of the answer: literal, with its faults named."""

import json

import pytest

from desktop.content.facts import ContactFacts
from desktop.content.formatting import CAPTION_LIMIT
from desktop.content.own_text import TextProblem, Written, letter, links, may_be_shown, shown
from desktop.domain.own_text import FIRST_NAME, NAME

ANA = ContactFacts("+5511988887777", "Ana Souza", {"city": "Recife", "telefone_2": "11 3333-4444", "obs": "ligar"})
BASE = "Oi {{nome|first}}, {venha|passe} na loja: https://loja.example.com/natal. {{custom.cupom}}"


def test_only_the_chosen_fields_and_marks_leave() -> None:
    written = letter(BASE, "mais calorosa", (FIRST_NAME, "custom.city"))
    assert written is not None
    prompt = written.prompt(ANA)
    assert json.dumps({"first_name": "Ana", "city": "Recife"}) in prompt
    assert "Oi ⟦1⟧, venha na loja" in prompt
    assert "mais calorosa" in prompt
    for secret in ("Souza", "988887777", "3333", "ligar", "nome", "cupom"):
        assert secret not in prompt


def test_without_fields_and_without_a_base_only_the_wish_leaves() -> None:
    written = letter(" ", "um convite", ())
    assert written is not None
    assert "known of the person" not in written.prompt(ANA)
    assert "Message:" not in written.prompt(ANA)
    assert "⟦" not in written.prompt(ANA)
    plain = letter("Oi", "", ())
    assert plain is not None
    assert "What I want" not in plain.prompt(ANA)
    assert "Keep each mark" not in plain.prompt(ANA)


@pytest.mark.parametrize(("base", "wish"), [("", " "), ("Oi {{", "x"), ("{a", "")])
def test_nothing_to_go_by_is_no_letter(base: str, wish: str) -> None:
    assert letter(base, wish, ()) is None


@pytest.mark.parametrize(
    ("field", "may"),
    [(FIRST_NAME, True), (NAME, True), ("custom.city", True), ("custom.Data de Nascimento", True), ("phone", False),
     ("custom.telefone", False), ("custom.Celular 2", False), ("custom.whatsapp_da_mae", False), ("custom.tel", False),
     ("custom.hotel", True), ("custom.", False), ("custom.numero", False), ("address", False)],
)  # fmt: skip
def test_a_phone_can_never_be_chosen(field: str, may: bool) -> None:
    assert may_be_shown(field) is may


def test_what_looks_like_a_phone_is_taken_out_of_any_field_and_a_date_stays() -> None:
    custom = {"obs": "ligar em +55 (11) 98888-7777 após as 18h", "aniversario": "1990-05-12", "so": "11988887777"}
    person = ContactFacts("+5511988887777", "+55 11 98888-7777", custom)
    found = shown(("name", "custom.obs", "custom.aniversario", "custom.so", "phone", "custom.nada"), person)
    assert found == {"obs": "ligar em … após as 18h", "aniversario": "1990-05-12"}


def test_marks_become_the_persons_own_values_and_everything_else_stays_literal() -> None:
    written = letter("Oi {{nome|first}}!", "", ())
    assert written is not None
    answer = "```\nOlá, ⟦1⟧! Temos {doces|salgados} e {{nome}}.\n```"
    found = written.read(answer, ANA)
    assert found.text == "Olá, Ana! Temos {doces|salgados} e {{nome}}."
    assert found.problems == (TextProblem.PLACEHOLDER,)
    injected = ContactFacts("+551", "{{telefone}}", {})
    assert written.read("Oi ⟦1⟧", injected).text == "Oi {{telefone}}"


def test_a_value_that_the_person_lacks_and_a_mark_of_nobodys_are_told() -> None:
    written = letter(BASE, "", ())
    assert written is not None
    found = written.read("Oi ⟦1⟧, use ⟦2⟧ e ⟦7⟧", ANA)
    assert found == Written("Oi Ana, use  e ⟦7⟧", (TextProblem.PLACEHOLDER, TextProblem.MISSING_VALUE))
    assert written.read("Oi ⟦1⟧", ANA).problems == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Oi Ana", ()),
        ("  ", (TextProblem.EMPTY,)),
        ("a" * 4097, (TextProblem.TOO_LONG,)),
        ("😀" * 2049, (TextProblem.TOO_LONG,)),
        ("Oi [nome]", (TextProblem.PLACEHOLDER,)),
        ("Oi {nome}", (TextProblem.PLACEHOLDER,)),
        ("Oi <seu nome>", (TextProblem.PLACEHOLDER,)),
        ("Cupom ____ para você", (TextProblem.PLACEHOLDER,)),
        ("Cupom XXXX", (TextProblem.PLACEHOLDER,)),
        ("Veja https://loja.example.com/natal!", ()),
        ("Veja loja.example.com/natal", ()),
        ("Veja https://outra.example.com", (TextProblem.STRANGE_LINK,)),
        ("Veja bit.ly/abc", (TextProblem.STRANGE_LINK,)),
        ("Escreva a ana@loja.com.br", ()),
        ("Custa R$ 1.200,00 e pronto.Depois", ()),
    ],
)
def test_what_is_wrong_with_a_text_is_told(text: str, problems: tuple[TextProblem, ...]) -> None:
    written = letter(BASE, "", ())
    assert written is not None
    assert written.judge(text, ANA).problems == problems


def test_links_of_the_wish_of_a_field_and_of_a_variable_are_the_operators_own() -> None:
    person = ContactFacts("+551", "Ana", {"pagina": "www.ana.com", "cupom": "https://loja.com/c/9"})
    written = letter("Use {{custom.cupom}}", "cite https://loja.com/vip", ("custom.pagina",))
    assert written is not None
    assert written.judge("https://loja.com/vip loja.com/c/9 https://ana.com/", person).problems == ()
    only_wish = letter("", "cite https://loja.com/vip", ())
    assert only_wish is not None
    assert only_wish.read("https://loja.com/vip ⟦1⟧", person).problems == (TextProblem.PLACEHOLDER,)


def test_under_a_file_a_text_may_be_shorter_only() -> None:
    written = letter("Oi", "", (), CAPTION_LIMIT)
    assert written is not None
    assert written.judge("a" * 1025, ANA).problems == (TextProblem.TOO_LONG,)


def test_two_addresses_that_lead_to_the_same_place_are_one() -> None:
    assert links("HTTPS://www.Loja.com/A/ e loja.com/a.") == {"loja.com/a"}
