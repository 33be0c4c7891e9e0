"""A Cloud template gets exactly the values that it asks for, and a use that Meta would refuse is found beforehand."""

from collections.abc import Mapping
from random import Random

import pytest

from desktop.content.cloud_template import Place, Slot, parameter_texts, problems_of, read_use, render_use, shape_of
from desktop.content.facts import ContactFacts
from desktop.content.template import MissingValue
from desktop.domain.campaign import Media
from desktop.domain.errors import BugError
from desktop.domain.template import Component, FrozenTemplate, MessageTemplate, OutgoingTemplate, TemplateUse
from tests.fakes.clock import FakeClock

ANA = ContactFacts("+5511900000001", "Ana Souza", {"city": "São\nPaulo", "blank": " \t "})
BODY: Component = {"type": "BODY", "text": "Oi {{1}}, são {{2}} reais para {{1}}."}
HEADER: Component = {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}"}
PHOTO: Component = {"type": "HEADER", "format": "IMAGE"}
BUTTONS: Component = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "QUICK_REPLY", "text": "Sair"},
        {"type": "URL", "text": "Abrir", "url": "https://loja.example/p/{{1}}"},
        {"type": "COPY_CODE", "text": "Copiar"},
        {"type": "PHONE_NUMBER", "text": "Ligar"},
        {"type": "URL", "text": "Site", "url": "https://loja.example"},
    ],
}
FOOTER: Component = {"type": "FOOTER", "text": "Loja da Ana"}


def uses(parameters: Mapping[str, str]) -> TemplateUse:
    return TemplateUse("promo", "pt_BR", tuple(parameters.items()))


def definition(*components: Component, status: str = "APPROVED", form: str = "POSITIONAL") -> MessageTemplate:
    return MessageTemplate("1", "promo", "pt_BR", status, "MARKETING", form, components, FakeClock().now())


def frozen(parameters: Mapping[str, str], *components: Component, form: str = "POSITIONAL") -> FrozenTemplate:
    return FrozenTemplate(uses(parameters), form, components)


def codes(template: MessageTemplate, parameters: Mapping[str, str], media: Media | None = None) -> list[str]:
    return [problem.code.value for problem in problems_of(uses(parameters), media, template)]


FULL = {"1": "{{contact.name|first_name}}", "2": "10,00", "header.1": "n. 7", "button.1": "x7", "button.2": "NATAL"}


def test_a_shape_names_every_place_that_needs_a_value() -> None:
    shape = shape_of((HEADER, BODY, FOOTER, BUTTONS))
    assert [slot.key for slot in shape.slots] == ["header.1", "1", "2", "button.0", "button.1", "button.2"]
    assert [slot.key for slot in shape.slots if not slot.is_required] == ["button.0"]
    assert shape.unsupported is None
    assert Slot("button.1", Place.BUTTON, "url", 1) in shape.slots


def test_placeholders_by_place_are_told_in_the_order_of_their_numbers() -> None:
    template = frozen({"2": "b", "1": "a"}, {"type": "BODY", "text": "{{2}} {{1}}"})
    rendered = render_use(template, ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template.body == ((None, "a"), (None, "b"))
    assert rendered.text == "b a"


def test_values_go_to_header_body_and_buttons() -> None:
    rendered = render_use(frozen({**FULL, "button.0": "stop"}, HEADER, BODY, FOOTER, BUTTONS), ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template == OutgoingTemplate(
        "promo",
        "pt_BR",
        header=((None, "n. 7"),),
        body=((None, "Ana"), (None, "10,00")),
        buttons=((0, "quick_reply", "stop"), (1, "url", "x7"), (2, "copy_code", "NATAL")),
    )
    assert rendered.text == "Pedido n. 7\nOi Ana, são 10,00 reais para Ana.\nLoja da Ana"


def test_named_placeholders_keep_their_names() -> None:
    body: Component = {"type": "BODY", "text": "Oi {{first_name}} de {{ city }}"}
    header: Component = {"type": "header", "text": "{{first_name}}"}
    values = {"header.first_name": "x", "first_name": "Ana", "city": "{{contact.custom.city}}"}
    rendered = render_use(frozen(values, header, body, form="NAMED"), ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template.header == (("first_name", "x"),)
    assert rendered.template.body == (("first_name", "Ana"), ("city", "São Paulo"))
    assert rendered.text == "x\nOi Ana de São Paulo"


def test_a_header_may_be_named_without_its_prefix_where_that_is_clear() -> None:
    plain: Component = {"type": "BODY", "text": "Oi"}
    rendered = render_use(frozen({"1": "7"}, HEADER, plain), ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template.header == ((None, "7"),)
    assert codes(definition(HEADER, plain), {"1": "7"}) == []
    assert codes(definition(HEADER, BODY), {"1": "7", "2": "8"}) == ["template_unmapped"]


def test_a_file_stands_in_the_header() -> None:
    rendered = render_use(frozen({"1": "a", "2": "b"}, PHOTO, BODY), ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template.header_media == "image"
    photo, sound = Media("image", "a.jpg"), Media("audio", "a.ogg")
    assert codes(definition(PHOTO, BODY), {"1": "a", "2": "b"}, photo) == []
    assert codes(definition(PHOTO, BODY), {"1": "a", "2": "b"}) == ["template_media_missing"]
    assert codes(definition(PHOTO, BODY), {"1": "a", "2": "b"}, sound) == ["template_media_wrong"]
    assert codes(definition(BODY), {"1": "a", "2": "b"}, photo) == ["template_media_wrong"]


def test_a_template_without_placeholders_needs_nothing() -> None:
    greeting: Component = {"type": "BODY", "text": "Oi"}
    rendered = render_use(frozen({}, greeting), ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template == OutgoingTemplate("promo", "pt_BR")
    assert codes(definition(greeting), {}) == []


def test_the_same_dice_write_the_same_values() -> None:
    template = frozen({"1": "{a|b|c|d}", "2": "{e|f|g|h}"}, BODY)
    first, second = (render_use(template, ANA, Random(7)) for _ in range(2))
    assert first == second
    assert parameter_texts(template.use) == ("{a|b|c|d}", "{e|f|g|h}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{contact.custom.city}}", "São Paulo"),  # a line break in a spreadsheet must not stop a campaign
        (" a\t\tb  c \u2028d ", "a b c d"),
    ],
)
def test_what_meta_would_refuse_in_a_persons_value_is_written_as_a_space(text: str, expected: str) -> None:
    rendered = render_use(frozen({"1": text, "2": "x"}, BODY), ANA, Random(1))
    assert not isinstance(rendered, MissingValue)
    assert rendered.template.body[0] == (None, expected)


def test_a_value_that_is_missing_or_empty_is_named() -> None:
    missing = frozen({"1": "{{contact.custom.plan}}", "2": "x"}, BODY)
    assert render_use(missing, ANA, Random(1)) == MissingValue("custom.plan")
    assert render_use(frozen({"1": " ", "2": "x"}, BODY), ANA, Random(1)) == MissingValue("1")
    silent = render_use(frozen({"button.0": " "}, BUTTONS), ANA, Random(1))
    assert not isinstance(silent, MissingValue)
    assert silent.template.buttons == ()


def test_a_text_that_preflight_should_have_refused_is_our_mistake() -> None:
    with pytest.raises(BugError, match="parameter with problems"):
        render_use(frozen({"1": "{{contact.name", "2": "x"}, BODY), ANA, Random(1))


@pytest.mark.parametrize(
    ("template", "parameters", "expected"),
    [
        (definition(HEADER, BODY, FOOTER, BUTTONS), FULL, []),
        (definition(BODY, status="PAUSED"), {}, ["template_not_approved"]),
        (definition({"type": "CAROUSEL", "cards": []}, BODY), {}, ["template_unsupported"]),
        (definition({"type": "HEADER", "format": "LOCATION"}, BODY), {}, ["template_unsupported"]),
        (definition({"type": "BUTTONS", "buttons": [{"type": "FLOW"}]}), {}, ["template_unsupported"]),
        (definition({"type": "BUTTONS", "buttons": [{}]}), {}, ["template_unsupported"]),
        (definition({"text": "?"}), {}, ["template_unsupported"]),
        (definition(BODY), {"1": "a"}, ["template_unmapped"]),
        (definition(BODY), {"1": "a", "2": "b", "3": "c"}, ["template_surplus"]),
        (definition(BODY), {"1": "a", "2": " "}, ["template_value_empty"]),
        (definition(BODY), {"1": "a", "2": "b\nc"}, ["template_value_breaks"]),
        (definition(BODY), {"1": "a", "2": "b\tc", "4": ""}, ["template_surplus", "template_value_breaks"]),
    ],
)
def test_each_reason_why_meta_would_refuse_is_found_beforehand(
    template: MessageTemplate, parameters: Mapping[str, str], expected: list[str]
) -> None:
    assert codes(template, parameters) == expected


def test_definitions_of_strange_shapes_are_read_without_failing() -> None:
    odd = ({"type": "BODY", "text": 7}, {"type": "BUTTONS", "buttons": ["x", {"type": "URL"}]}, {"type": "BUTTONS"})
    assert shape_of(odd).slots == ()


def test_a_preview_shows_what_the_person_will_read() -> None:
    template = frozen({**FULL, "1": "{Oi|Olá} {{contact.name|first_name}}"}, HEADER, BODY, FOOTER, BUTTONS)
    for seed in range(5):
        sent, read = render_use(template, ANA, Random(seed)), read_use(template, ANA, Random(seed))
        assert not isinstance(sent, MissingValue)
        assert "\n".join([read.header, read.body, read.footer]) == sent.text
    assert read.buttons == ("Sair", "Abrir", "Copiar", "Ligar", "Site")
    assert read.missing == ()


def test_a_preview_of_what_is_not_complete_keeps_the_placeholders_and_names_what_a_person_lacks() -> None:
    read = read_use(frozen({"1": "{{contact.custom.pet}}", "header.1": "{{"}, HEADER, BODY), ANA, Random(1))
    assert (read.header, read.body, read.footer) == ("Pedido {{", "Oi {{1}}, são {{2}} reais para {{1}}.", "")
    assert read.missing == ("custom.pet",)


def test_a_preview_without_a_person_shows_the_values_as_they_are_written() -> None:
    read = read_use(frozen({"1": " {{nome}} ", "2": ""}, BODY), None, Random(1))
    assert read.body == "Oi {{nome}}, são {{2}} reais para {{nome}}."


def test_a_button_without_a_text_is_called_by_its_kind() -> None:
    buttons: Component = {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE"}]}
    assert read_use(frozen({}, buttons), ANA, Random(1)).buttons == ("Copy code",)
