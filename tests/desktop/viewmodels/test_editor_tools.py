"""What stands beside the text of a message: saved messages, templates of Meta, and the people whom it reaches."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import Audience, AudienceKind, Media, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway
from desktop.domain.saved_message import SavedMessage
from desktop.domain.template import Component, MessageTemplate, TemplateUse
from desktop.viewmodels import editor_words
from desktop.viewmodels.editor import EditorViewModel, Step
from desktop.viewmodels.editor_library import LibraryViewModel
from desktop.viewmodels.editor_message import MOST_VARIATIONS, MessageViewModel, required_fields
from desktop.viewmodels.editor_people import PeopleViewModel
from desktop.viewmodels.editor_templates import Filter, TemplateViewModel
from desktop.viewmodels.editor_trial import PHONE_KEY, TrialViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.messages import FakeSavedMessages, FakeTrials
from tests.fakes.samples import NOW

HEADER: Component = {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}"}
BODY: Component = {"type": "BODY", "text": "Oi {{1}}, chega em {{2}}."}
PHOTO: Component = {"type": "HEADER", "format": "IMAGE"}
NAMED: Component = {"type": "BODY", "text": "Olá {{first_name}}, a loja de {{cidade}} abriu até {{dia}}!"}
LINK: Component = {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Ver", "url": "https://l.example/{{1}}"}]}


def template(name: str, *parts: Component, waba: str = "W", status: str = "APPROVED", form: str = "POSITIONAL",
             language: str = "pt_BR", category: str = "UTILITY") -> MessageTemplate:  # fmt: skip
    return MessageTemplate(waba, name, language, status, category, form, parts, NOW)


class World:
    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)
        spawn = ImmediateSpawn()
        self.editor = EditorViewModel(self.library, self.control, spawn)
        self.message = MessageViewModel(self.editor, self.library, spawn)
        self.saved = LibraryViewModel(self.editor, self.message, self.library, FakeSavedMessages(self.library), spawn)
        self.templates = TemplateViewModel(self.editor, self.message, self.library, self.control, spawn)
        self.people = PeopleViewModel(self.editor, self.message, self.library, spawn)
        self.editor.open_new("Natal")

    def add_cloud(self, name: str, waba: str) -> None:
        base = self.library.numbers[0]
        number = replace(base.instance, id=InstanceId(len(self.library.numbers) + 100), name=name,
                         gateway=Gateway.CLOUD, waba_id=waba, phone_id="1")  # fmt: skip
        self.library.numbers.append(replace(base, instance=number))


@pytest.fixture
def world(qapp: QApplication) -> Iterator[World]:
    made = World()
    yield made
    assert made.editor.importing is not None


# The library


def test_a_saved_message_takes_the_place_of_the_variations_or_joins_them(world: World) -> None:
    both = (MessageDraft("A"), MessageDraft("B", 3))
    world.library.saved = [SavedMessage("Natal", both, NOW, NOW), SavedMessage("Páscoa", both[:1], NOW, NOW)]
    world.saved.open()
    world.message.set_text("Oi")
    world.saved.add()
    assert [message.text for message in world.editor.draft.messages] == ["Oi", "A", "B"]
    world.saved.choose("Páscoa")
    world.saved.use()
    assert world.editor.draft.messages == both[:1]
    assert world.message.text == "A"


def test_no_more_variations_are_added_than_there_is_room_for(world: World) -> None:
    many = tuple(MessageDraft(f"t{n}") for n in range(MOST_VARIATIONS))
    world.library.saved = [SavedMessage("Natal", many, NOW, NOW)]
    world.saved.open()
    world.message.set_text("Oi")
    world.saved.add()
    assert len(world.editor.draft.messages) == MOST_VARIATIONS
    assert world.saved.room == 0


def test_what_is_written_is_kept_under_a_name_and_found_by_its_words(world: World, qtbot: QtBot) -> None:
    assert not world.saved.can_save
    world.message.set_text("Promoção de Natal")
    with qtbot.waitSignal(world.saved.saved):
        world.saved.save("Festa")
    assert world.saved.is_taken(" FESTA ".strip())
    world.saved.search("promocao")
    assert world.saved.chosen is not None
    assert world.saved.chosen.name == "Festa"
    world.saved.rename("Festas")
    assert [entry.name for entry in world.saved.entries] == ["Festas"]
    world.saved.search("nada disso")
    assert (world.saved.entries, world.saved.chosen) == ([], None)
    world.saved.search("")
    world.saved.delete()
    assert world.library.saved == []


def test_a_refusal_of_the_library_is_told(world: World, qtbot: QtBot) -> None:
    world.library.saved = [SavedMessage(name, (MessageDraft("x"),), NOW, NOW) for name in ("a", "b")]
    world.saved.open()
    with qtbot.waitSignal(world.saved.failed) as failed:
        world.saved.rename("b")
    assert isinstance(failed.args[0], KnownError)


# Templates of Meta


def test_only_templates_of_every_account_of_the_numbers_are_offered(world: World) -> None:
    world.add_cloud("oficial", "W")
    world.add_cloud("filial", "V")
    world.library.message_templates = [template("a", BODY), template("b", BODY), template("a", BODY, waba="V")]
    world.templates.refresh()
    assert [each.name for each in world.templates.templates] == ["a"]
    world.editor.set_instances(["oficial"])
    assert [each.name for each in world.templates.templates] == ["a", "b"]


def test_the_list_is_filtered_by_words_status_language_and_category(world: World) -> None:
    world.add_cloud("oficial", "W")
    world.library.message_templates = [
        template("pedido", BODY),
        template("natal", NAMED, category="MARKETING"),
        template("hello", BODY, language="en_US"),
        template("velho", BODY, status="REJECTED"),
    ]
    world.templates.refresh()
    assert [each.name for each in world.templates.found] == ["pedido", "natal", "hello"], "approved ones at first"
    for where, names in (
        (Filter(), ["pedido", "natal", "hello", "velho"]),
        (Filter("LOJA de"), ["natal"]),
        (Filter(language="en_US"), ["hello"]),
        (Filter(category="MARKETING"), ["natal"]),
        (Filter(status="REJECTED"), ["velho"]),
    ):
        world.templates.filter(where)
        assert [each.name for each in world.templates.found] == names
    assert world.templates.statuses == ["APPROVED", "REJECTED"]


def test_a_chosen_template_asks_for_its_places_and_says_what_meta_would_refuse(world: World) -> None:
    world.message.set_text("Oi")
    order = template("pedido", HEADER, BODY, LINK)
    world.message.set_definitions([order])
    world.templates.choose(order)
    assert world.editor.draft.messages[0] == MessageDraft("", template=TemplateUse("pedido", "pt_BR"))
    assert [editor_words.slot(field.slot) for field in world.templates.fields] == [
        "Header {{1}}", "Text {{1}}", "Text {{2}}", "Button 1: end of the link"
    ]  # fmt: skip
    slots = [field.slot for field in world.templates.fields]
    (problem,) = world.templates.problems
    assert editor_words.use_problem(problem, slots).endswith("Text {{2}}; Button 1: end of the link.")
    for key, text in (("header.1", "7"), ("1", "{{nome|primeiro}}"), ("2", "{{cidade"), ("button.0", "x")):
        world.templates.set_parameter(key, text)
    assert world.templates.problems == ()
    assert [bool(field.problems) for field in world.templates.fields] == [False, False, True, False]
    assert world.editor.problems(Step.MESSAGE)[0].code == "message_faulty"
    world.templates.set_parameter("2", "")
    assert dict(world.editor.draft.messages[0].template.parameters) == {  # type: ignore[union-attr]
        "header.1": "7", "1": "{{nome|primeiro}}", "button.0": "x"
    }  # fmt: skip


def test_named_places_are_guessed_and_a_file_without_a_place_is_left_behind(world: World) -> None:
    world.message.custom_fields = ["cidade"]
    world.message.set_media(0, Media("video", "a.mp4"))
    shop = template("loja", PHOTO, NAMED, form="NAMED")
    world.message.set_definitions([shop])
    world.templates.choose(shop)
    use = world.templates.use
    assert use is not None
    assert use.parameters == (("first_name", "{{contact.name|first}}"), ("cidade", "{{contact.custom.cidade}}"))
    assert world.editor.draft.messages[0].media is None
    assert [problem.code.value for problem in world.templates.problems] == [
        "template_media_missing",
        "template_unmapped",
    ]


def test_a_template_becomes_a_text_again_with_what_was_said(world: World) -> None:
    order = template("pedido", BODY)
    world.message.set_definitions([order])
    world.templates.choose(order)
    world.templates.set_parameter("1", "{{contact.name}}")
    world.templates.set_parameter("2", "dois dias")
    world.templates.leave()
    assert world.editor.draft.messages[0] == MessageDraft("Oi {{contact.name}}, chega em dois dias.")
    assert world.templates.use is None


def test_the_preview_of_a_template_is_what_the_person_gets(world: World) -> None:
    order = template("pedido", HEADER, BODY, {"type": "FOOTER", "text": "Loja"}, LINK)
    world.message.set_definitions([order])
    world.templates.choose(order)
    world.templates.set_parameter("1", "{{contact.custom.apelido}}")
    assert world.message.preview.html == "<b>Pedido {{1}}</b><br>Oi {{contact.custom.apelido}}, chega em {{2}}."
    ana = world.library.people[0]
    world.message.show_contact(ana)
    preview = world.message.preview
    assert (preview.missing, preview.footer, preview.buttons) == (("custom.apelido",), "Loja", ("Ver",))
    assert required_fields(world.message.message) == {"custom.apelido"}
    world.message.set_definitions([])
    assert world.message.preview.html is None


def test_reading_again_asks_meta_once_for_each_account(world: World, qtbot: QtBot) -> None:
    world.add_cloud("oficial", "W")
    world.add_cloud("oficial-2", "W")
    with qtbot.waitSignal(world.templates.refreshed):
        world.templates.read_again()
    assert [step[0] for step in world.control.done].count("refresh_templates") == 1


# People


def test_anybody_of_the_audience_can_be_the_reader(world: World) -> None:
    world.editor.set_audience(Audience(AudienceKind.ALL))
    world.message.set_sample(world.library.people[:2])
    world.message.set_text("Oi {{nome|primeiro}}")
    somebody = world.library.people[7]
    world.people.search(somebody.name)
    assert somebody in world.people.found
    world.people.show(somebody)
    assert world.message.preview.contact == somebody
    assert world.message.preview.number == 0
    world.message.show_next()
    assert world.message.preview.contact == world.library.people[0], "back where one was"
    world.people.search("  ")
    assert world.people.found == ()


def test_who_lacks_a_field_is_counted_and_listed(world: World, qtbot: QtBot) -> None:
    world.editor.set_audience(Audience(AudienceKind.ALL))
    with qtbot.waitSignal(world.people.lacks_changed):
        world.message.set_text("Oi {{contact.custom.apelido}}")
    (lack,) = world.people.lacks
    assert (lack.field, lack.count) == ("custom.apelido", len(world.library.people))
    assert editor_words.lack(lack.field, 24) == "24 people without “apelido”"
    world.people.list_lacking("custom.apelido")
    assert world.people.listed_count == len(world.library.people)
    with qtbot.waitSignal(world.people.lacks_changed):
        world.message.set_text('Oi {{contact.custom.apelido|"amigo"}}')
    assert world.people.lacks == []


# Tests of a message


def test_a_test_goes_to_the_remembered_phone_through_a_number_of_the_draft(world: World, qtbot: QtBot) -> None:
    trials = FakeTrials()
    model = TrialViewModel(world.editor, world.message, world.library, world.control, trials, ImmediateSpawn())
    world.library.settings[PHONE_KEY] = "+5511988880000"
    world.editor.set_instances(["vendas-2"])
    world.message.set_text("Oi {{nome}}")
    world.message.show_contact(world.library.people[3])
    model.open()
    assert (model.phone, model.number) == ("+5511988880000", "vendas-2")
    model.set_phone("11 98888")
    assert not model.can_send
    assert model.wrong_phone() is not None
    model.set_phone("(11) 98765-4321")
    with qtbot.waitSignal(model.sent) as sent:
        model.send()
    assert sent.args == ["+5511987654321"]
    ((number, phone, message, reader),) = trials.sent
    assert (number, phone, message.text, reader) == (
        "vendas-2", "+5511987654321", "Oi {{nome}}", world.library.people[3]
    )  # fmt: skip
    assert world.library.settings[PHONE_KEY] == "+5511987654321"
    trials.refuse = KnownError("test_refused", "x", reason="not_on_whatsapp")
    with qtbot.waitSignal(model.failed):
        model.send()


def test_a_text_is_too_long_only_when_a_person_would_get_too_much(world: World) -> None:
    half = "x" * 3_000
    world.message.set_text("{" + half + "|" + half.upper() + "}")
    assert world.editor.problems(Step.MESSAGE) == [], "nobody gets both"
    assert world.message.facts.length.utf16_units == 3_000
    world.message.set_text("x" * 4_090 + "{{nome}}")
    world.message.show_contact(replace(world.library.people[0], name="Maria Aparecida"))
    assert world.message.preview.surplus == 9
