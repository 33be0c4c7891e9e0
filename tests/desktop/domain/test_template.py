"""What is said of numbers in words of limits."""

from desktop.domain.template import NumberFacts


def test_throughput_follows_the_level_and_a_number_on_the_app_is_slow() -> None:
    assert NumberFacts().per_second == 80
    assert NumberFacts(throughput="HIGH").per_second == 1000
    assert NumberFacts(throughput="HIGH", is_coexistence=True).per_second == 20
