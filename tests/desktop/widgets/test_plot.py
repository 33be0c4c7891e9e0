import pytest

from desktop.widgets.plot import count_step, nice_top, time_step


@pytest.mark.parametrize(("top", "step"), [(1, 1), (5, 1), (6, 2), (17, 5), (73, 20), (330, 100), (4800, 1000)])
def test_lines_of_the_grid_are_round_and_few(top: float, step: int) -> None:
    assert count_step(top) == step
    assert top <= nice_top(top) <= 5 * step


@pytest.mark.parametrize(
    ("span_s", "size_px", "step"), [(60, 800, 10), (3600, 800, 600), (5 * 3600, 640, 3600), (30 * 86400, 800, 604800)]
)
def test_labels_of_the_time_axis_do_not_touch(span_s: float, size_px: float, step: int) -> None:
    assert time_step(span_s, size_px) == step
