"""Passwords: argon2id hashes with their parameters, never the password."""

import pytest

from desktop.access.passwords import Passwords
from desktop.domain.errors import KnownError

QUICK = {"time_cost": 1, "memory_kib": 8, "parallelism": 1}


def test_the_right_password_is_recognised_and_a_wrong_one_is_not() -> None:
    passwords = Passwords(**QUICK)
    stored = passwords.hash("uma senha longa")
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert "senha" not in stored
    assert passwords.is_right(stored, "uma senha longa")
    assert not passwords.is_right(stored, "uma senha longa ")
    assert stored != passwords.hash("uma senha longa"), "each has its own salt"


def test_nobody_has_no_password_and_a_damaged_hash_fits_nothing() -> None:
    passwords = Passwords(**QUICK)
    assert not passwords.is_right(None, "nobody has this password")
    assert not passwords.is_right("not a hash", "x")


def test_to_try_nobody_takes_a_whole_calculation_with_the_parameters_of_all() -> None:
    for passwords in (Passwords(**QUICK), Passwords()):
        # What is no hash at all would be refused at once, and tell that there is nobody of this name.
        assert not passwords.is_stale(passwords._nobody)


def test_a_hash_with_other_parameters_is_stale() -> None:
    old, new = Passwords(**QUICK), Passwords(time_cost=2, memory_kib=8, parallelism=1)
    stored = old.hash("uma senha longa")
    assert not old.is_stale(stored)
    assert new.is_stale(stored)
    assert new.is_right(stored, "uma senha longa"), "it still opens"


@pytest.mark.parametrize(
    ("password", "code"),
    [("1234567", "password_too_short"), ("", "password_too_short"), ("x" * 1025, "password_too_long")],
)
def test_short_and_endless_passwords_are_refused(password: str, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        Passwords(**QUICK).hash(password)
    assert refused.value.code == code


def test_the_usual_parameters_are_those_of_the_recommendation() -> None:
    assert "$m=65536,t=3,p=4$" in Passwords().hash("uma senha longa")
