"""Round figures for axes of counts. It draws nothing and imports nothing that is slow."""

import math


def count_step(top: float) -> int:
    """Choose a whole, round distance (1, 2, 5 × 10ⁿ) that makes at most five lines."""
    magnitude = 10 ** max(0, math.floor(math.log10(max(top / 5, 1))))
    return next(step for factor in (1, 2, 5, 10) if top / (step := factor * magnitude) <= 5)


def nice_top(top: float) -> float:
    """Round a maximum up to the next line of the grid."""
    step = count_step(top)
    return math.ceil(top / step) * step
