"""The template language: what it writes, what it refuses and where, and that contact data is never evaluated."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.content.facts import ContactFacts
from desktop.content.nodes import ProblemCode, TemplateProblem
from desktop.content.template import MissingReason, MissingValue, Rendered, Template, longest_text, parse

ANA = ContactFacts(
    "+5511988887777",
    "Dra. ANA da silva-SOUZA",
    {"city": "São Paulo", "due": "2026-03-07", "Data de Nascimento": "7/3/1990", "soon": "amanhã", "blank": "  "},
)
NOBODY = ContactFacts("+5511988887777")


def template(text: str) -> Template:
    parsed = parse(text)
    assert isinstance(parsed, Template), parsed
    return parsed


def written(text: str, contact: ContactFacts = ANA, seed: int = 1) -> str | MissingValue:
    result = template(text).render(contact, random.Random(seed))
    return result.text if isinstance(result, Rendered) else result


def results(text: str, contact: ContactFacts = ANA) -> set[str | MissingValue]:
    return {written(text, contact, seed) for seed in range(300)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Preço: R$ 10 | à vista", "Preço: R$ 10 | à vista"),
        ("{{nome}}", ANA.name),
        ("{{name}}", ANA.name),
        ("{{contact.name}}", ANA.name),
        ("{{ Contato.Nome }}", ANA.name),
        ("{{phone}} {{telefone}} {{contact.phone}}", "+5511988887777 +5511988887777 +5511988887777"),
        ("{{contact.custom.city}}", "São Paulo"),
        ("{{contact.custom.City}} {{custom.city}}", "São Paulo São Paulo"),
        ("{{contact.custom.data de nascimento}}", "7/3/1990"),
        ('{{contact.name|"amigo"}}', ANA.name),
        ("{{nome|primeiro}}", "ANA"),
        ("{{nome|first|title}}", "Ana"),
        ("{{primeiro_nome}}", "ANA"),
        ("{{contact.first_name|lower}}", "ana"),
        ("{{nome|ultimo}}", "silva-SOUZA"),
        ("{{nome|maiúsculas}}", "DRA. ANA DA SILVA-SOUZA"),
        ("{{nome|upper|lower}}", "dra. ana da silva-souza"),
        ("{{nome\n|título}}", "Dra. Ana da Silva-Souza"),
        ("{{contact.custom.due|date}}", "07/03/2026"),
        ('{{contact.custom.due|date:"d de mmmm de aaaa"}}', "7 de março de 2026"),
        ("{{contact.custom.due|data:dd/mm/yy}}", "07/03/26"),
        ("{{contact.custom.due|date:'d/m'}}", "7/3"),
        ("{{contact.custom.data_de_nascimento|date}}", "07/03/1990"),
    ],
)
def test_values_and_filters(text: str, expected: str) -> None:
    assert written(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Oi {{nome|"amigo"}}!', "Oi amigo!"),
        ("Oi {{nome|'amigo'}}!", "Oi amigo!"),
        ("Oi {{nome|“amigo”}}!", "Oi amigo!"),
        ('{{nome|primeiro|"amigo"|upper}}', "AMIGO"),
        ('{{nome | "a" | "b"}}', "a"),
        ('{{nome|""|upper}}', ""),
        (r'{{nome|"a \"b\" \} \\"}}', 'a "b" } \\'),
        ('{{contact.custom.x|date|"em breve"}}', "em breve"),
    ],
)
def test_fallbacks_stand_in_for_what_is_missing(text: str, expected: str) -> None:
    assert written(text, NOBODY) == expected


def test_a_blank_value_is_a_missing_one() -> None:
    assert written("{{contact.custom.blank}}") == MissingValue("custom.blank")
    assert written('{{contact.custom.blank|"x"}}') == "x"
    assert written("Oi {{nome|upper}}", NOBODY) == MissingValue("name")


def test_an_unreadable_date_is_missing_with_its_own_reason() -> None:
    assert written("{{contact.custom.soon|date}}") == MissingValue("custom.soon", MissingReason.UNREADABLE_DATE)
    assert written('{{contact.custom.soon|date|"logo"}}') == "logo"
    assert written("{{nome|date}}", ContactFacts("+1", "31/02/2026")) == MissingValue(
        "name", MissingReason.UNREADABLE_DATE
    )


def test_a_title_alone_is_still_a_name() -> None:
    assert written("{{nome|first}}", ContactFacts("+1", "Dr.")) == "Dr."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{Oi|Olá}", {"Oi", "Olá"}),
        ("{Oi|Olá|{Bom dia|Boa tarde}}", {"Oi", "Olá", "Bom dia", "Boa tarde"}),
        ("{{Oi|Olá} amigo|Ei}", {"Oi amigo", "Olá amigo", "Ei"}),
        ("{{{Oi|Olá}|Ei} você|Tchau}", {"Oi você", "Olá você", "Ei você", "Tchau"}),
        ("{{Oi {Ana|Lia}|Ei}|Tchau}", {"Oi Ana", "Oi Lia", "Ei", "Tchau"}),
        ("a{|!}", {"a", "a!"}),
        ("{a|b}{c|d}", {"ac", "ad", "bc", "bd"}),
        ("{Oi {{nome|primeiro}}|{{{nome|primeiro}}|você}}", {"Oi ANA", "ANA", "você"}),
        (r"{a\|b|c\}}", {"a|b", "c}"}),
    ],
)
def test_choices(text: str, expected: set[str]) -> None:
    assert results(text) == expected
    assert template(text).distinct_count == len(expected)


def test_equal_options_count_once() -> None:
    assert template("{a|a|b} {{{nome}}|{{nome}}}").distinct_count == 2


def test_escapes() -> None:
    assert written(r"\{nome\} \| \\ \n") == r"{nome} | \ \n"
    assert written("C:\\") == "C:\\"


def test_the_same_seed_gives_the_same_text() -> None:
    text = "{a|b|c|d} {e|f|g|h}"
    assert len(results(text)) == 16
    assert {written(text, seed=7) for _ in range(20)} == {"b e"}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Oi {nome}!", [("single_braces", 3, 9, "nome")]),
        ("{contact.custom.city}", [("single_braces", 0, 21, "contact.custom.city")]),
        ("Oi {amigo}!", [("single_option", 3, 10, "amigo")]),
        ("{}", [("single_option", 0, 2, "")]),
        ("Oi {{nome", [("unclosed_variable", 3, 5, "")]),
        ("Oi {{nome} tudo", [("unclosed_variable", 3, 10, "nome")]),
        ("{{nome}}}", [("unexpected_close", 8, 9, "")]),
        ("a } b", [("unexpected_close", 2, 3, "")]),
        ("{a|b", [("unclosed_choice", 0, 1, "")]),
        ("{{a|b} c", [("unclosed_choice", 0, 1, "")]),
        ("{{nome {a|b}", [("unclosed_choice", 0, 1, ""), ("unclosed_choice", 1, 2, "")]),
        ("{{}} {{ | upper }}", [("empty_variable", 0, 4, ""), ("empty_variable", 5, 18, "")]),
        ("{{ nmoe }}", [("unknown_field", 0, 10, "nmoe")]),
        ("{{contact}}", [("unknown_field", 0, 11, "contact")]),
        ("{{contact.custom}}", [("unknown_field", 0, 18, "contact.custom")]),
        ("{{contact.custom.}}", [("unknown_field", 0, 19, "contact.custom.")]),
        ("{{foo.name}}", [("unknown_field", 0, 12, "foo.name")]),
        ("{{nome|shout}}", [("unknown_filter", 7, 12, "shout")]),
        ("{{nome|}}", [("unknown_filter", 7, 7, "")]),
        ("{{nmoe|shout}}", [("unknown_field", 0, 14, "nmoe"), ("unknown_filter", 7, 12, "shout")]),
        ('{{nome|date:"zz"}}', [("bad_argument", 12, 16, '"zz"')]),
        ("{{nome|upper:x}}", [("bad_argument", 13, 14, "x")]),
        ('{{nome|"amigo}} b', [("bad_fallback", 7, 13, '"amigo')]),
        ('{{nome|"a" b}}', [("bad_fallback", 7, 12, '"a" b')]),
        ("{" * 30 + "a|b" + "}" * 30, [("too_deep", 20, 21, "")]),
        ("{x} } {y}", [("single_option", 0, 3, "x"), ("unexpected_close", 4, 5, ""), ("single_option", 6, 9, "y")]),
    ],
)
def test_problems_have_exact_positions(text: str, problems: list[tuple[str, int, int, str]]) -> None:
    assert parse(text) == tuple(
        TemplateProblem(ProblemCode(code), start, end, detail) for code, start, end, detail in problems
    )


def test_fields_and_which_of_them_are_needed() -> None:
    parsed = template('{{nome|"amigo"}} {{{telefone}}|{{contact.custom.Cidade}}} {{contact.custom.vip|"não"}}')
    assert parsed.fields == {"name", "phone", "custom.cidade", "custom.vip"}
    assert parsed.required_fields == {"phone", "custom.cidade"}


def test_problems_for_a_contact_cover_the_options_not_chosen() -> None:
    parsed = template("Oi {{{nome}}|{{contact.custom.due|date}}|você}")
    assert parsed.problems_for(ANA) == ()
    assert parsed.problems_for(ContactFacts("+1", "", {"due": "x"})) == (
        TemplateProblem(ProblemCode.MISSING_VALUE, 4, 12, "name"),
        TemplateProblem(ProblemCode.UNREADABLE_DATE, 13, 40, "custom.due"),
    )


def test_a_missing_value_in_a_chosen_option_stops_the_text() -> None:
    assert results("{a|{{nome}}}", NOBODY) == {"a", MissingValue("name")}


@pytest.mark.parametrize("name", ["{{phone}}", "{a|b}", "\\{x\\}", '"}}', "|", "{{"])
def test_contact_data_is_never_evaluated(name: str) -> None:
    contact = ContactFacts("+1", name)
    assert written("{{nome}}{{{nome}}|{{nome}}}", contact) == name + name
    assert written('{{contact.custom.x|"a"}}', ContactFacts("+1", "", {"x": name})) == name


@given(st.text("{}|\\\"'“”:. nomecta\n", max_size=60), st.integers(0, 9))
def test_any_text_is_read_or_refused_within_its_bounds(text: str, seed: int) -> None:
    parsed = parse(text)
    if isinstance(parsed, Template):
        assert isinstance(parsed.render(ANA, random.Random(seed)), Rendered | MissingValue)
        assert parsed.distinct_count >= 1
        return
    assert parsed
    for problem in parsed:
        assert 0 <= problem.start <= problem.end <= len(text)


@given(st.text(max_size=40))
def test_escaped_text_is_written_as_it_is(text: str) -> None:
    escaped = "".join("\\" + sign if sign in "{}|\\" else sign for sign in text)
    assert written(escaped) == text


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_name_is_written_literally(name: str) -> None:
    assert written("<{{nome}}>", ContactFacts("+1", name)) == f"<{name.strip()}>"


@given(st.lists(st.text("abc", max_size=3), min_size=2, max_size=5), st.lists(st.text("xyz", max_size=2), min_size=2))
def test_every_result_of_a_choice_is_one_of_its_options(first: list[str], second: list[str]) -> None:
    text = "{" + "|".join(first) + "}-{" + "|".join(second) + "}"
    assert written(text) in {f"{a}-{b}" for a in first for b in second}
    assert template(text).distinct_count == len(set(first)) * len(set(second))


def test_the_longest_text_of_choices_is_what_a_limit_is_held_to() -> None:
    template = parse('{a|😀😀|bbb}{{nome|"amiga"|"eu"}}{{phone}}{x|{yy|z}}')
    assert isinstance(template, Template)
    assert longest_text(template) == "😀😀amigayy"
