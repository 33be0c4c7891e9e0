"""When an engine that stopped by itself is started again. It never gives up: a full disk is emptied, also at night."""

# After the first, the second … failure in a row; the last one holds for all that follow.
AGAIN_AFTER_S = (5.0, 15.0, 60.0, 300.0)
IS_WELL_AFTER_S = 600.0  # an engine that ran this long has got over what stopped it before


def failures_now(before: int, ran_s: float) -> int:
    """Return how many failures in a row there are with this one.

    Args:
        before: how many there were.
        ran_s: how long the engine ran that has just failed.
    """
    return 1 if ran_s >= IS_WELL_AFTER_S else before + 1


def again_after_s(failures: int) -> float:
    """Return after how many seconds the next one starts; `failures` is at least 1."""
    return AGAIN_AFTER_S[min(failures, len(AGAIN_AFTER_S)) - 1]
