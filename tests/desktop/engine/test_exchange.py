"""Events tell what was asked and answered: phones masked, texts on wish only, in the same transaction."""

import pytest

from desktop.domain.campaign import Media
from desktop.domain.events import EventType
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected
from desktop.domain.template import OutgoingTemplate
from desktop.engine.exchange import masked, request_facts, response_facts
from desktop.engine.ports import OutgoingMessage
from tests.desktop.engine.world import World
from tests.fakes.gateway import Behaviour


def message(media: Media | None = None, template: OutgoingTemplate | None = None) -> OutgoingMessage:
    return OutgoingMessage("+5511987654321", None, "Oi Ana", "REF1", media, template)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (message(), "text"),
        (message(Media("image", "/a.jpg")), "image"),
        (message(Media("image", "/a.jpg"), OutgoingTemplate("oferta", "pt_BR")), "template"),
    ],
)
def test_a_request_is_told_without_text_and_with_a_masked_phone(asked: OutgoingMessage, kind: str):
    facts = request_facts(asked, "cloud", keeps_text=False)
    assert (facts["kind"], facts["to"], facts["characters"]) == (kind, "+5511…21", 6)
    assert "Ana" not in str(facts)
    assert ("template" in facts) is (kind == "template")
    assert request_facts(asked, "cloud", keeps_text=True)["text"] == "Oi Ana"


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [
        (Accepted("m1"), {"message_id": "m1"}),
        (
            Accepted("m1", "5511987654321@c.us", note="held"),
            {"message_id": "m1", "address": "55119…21@c.us", "note": "held"},
        ),
        (Rejected(ErrorClass.TRANSIENT, "busy", "Too many"), {"code": "busy", "text": "Too many"}),
        (NotSent("dns"), {"code": "dns"}),
    ],
)
def test_an_answer_is_told_as_it_was_understood(outcome: Outcome, facts: dict[str, object]):
    assert response_facts(outcome) == facts


def test_what_is_short_is_no_phone():
    assert masked("lid") == "lid"
    assert masked("abcdefgh") == "abcde…gh"


@pytest.mark.parametrize("keeps_texts", [False, True])
async def test_the_event_of_a_message_has_all_its_fields(world: World, keeps_texts: bool):
    world.parts["keeps_texts"] = keeps_texts
    campaign = world.campaign(2, [world.instance()])
    world.gateway.behaviour = Behaviour(takes_s=0.25)
    await world.finish(campaign)
    sent = [event.fact for event in world.heard if event.type is EventType.MESSAGE_SENT]
    assert len(sent) == 2
    for fact in sent:
        assert fact.request is not None
        assert fact.response is not None
        assert (fact.request["kind"], fact.health_score) == ("text", 100.0)
        assert ("text" in fact.request) is keeps_texts
        assert str(fact.response["message_id"])
