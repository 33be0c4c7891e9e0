"""What is said of numbers in words of limits."""

from desktop.domain.template import NumberFacts, body_of


def test_throughput_follows_the_level_and_a_number_on_the_app_is_slow() -> None:
    assert NumberFacts().per_second == 80
    assert NumberFacts(throughput="HIGH").per_second == 1000
    assert NumberFacts(throughput="HIGH", is_coexistence=True).per_second == 20


def test_the_body_of_a_template_is_its_text() -> None:
    assert body_of(({"type": "HEADER", "text": "Oi"}, {"type": "body", "text": "Tchau {{1}}"})) == "Tchau {{1}}"
    assert body_of(({"type": "BODY"},)) == ""
