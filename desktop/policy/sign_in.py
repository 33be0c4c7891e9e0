"""How long an operator is locked out after wrong passwords.

Theory: five tries are a person who mistypes. From the fifth on each one locks for twice as long as the one before, up
to an hour: whoever guesses gets some thirty tries a day, and whoever has forgotten is not locked out for good.
"""

from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)


def locked_until(failed_tries: int, now: datetime) -> datetime | None:
    """Tell until when nobody may try again, after so many wrong passwords in a row; None: at once."""
    beyond = failed_tries - FREE_TRIES
    if beyond < 0:
        return None
    # The exponent is capped as well: years of tries must not overflow.
    return now + min(LONGEST_LOCK, FIRST_LOCK * 2 ** min(beyond, 10))
