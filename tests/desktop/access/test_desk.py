"""Sign-in, the question before each deed, and managing operators, on a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.connection import Database
from db.home import ensure_workspace, open_database
from db.stores.operators import OperatorStore
from desktop.access.desk import AccessDesk
from desktop.access.passwords import Passwords
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.operator import Deed, Role

START = datetime(2026, 11, 27, 12, tzinfo=UTC)
RIGHT, WRONG = "senha da ana", "senha da bia"


class Office:
    """A workspace, and as many desks (processes) as a test opens."""

    def __init__(self, database: Database, told: list[Event]) -> None:
        self.database, self.told, self.now = database, told, START
        self.store = OperatorStore(database, ensure_workspace(database, START))

    def desk(self, time_cost: int = 1) -> AccessDesk:
        passwords = Passwords(time_cost=time_cost, memory_kib=8, parallelism=1)
        return AccessDesk(self.store, lambda: self.now, passwords)

    def last(self, kind: EventType) -> Event:
        return next(event for event in reversed(self.told) if event.type is kind)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    told: list[Event] = []
    database = open_database(tmp_path / "cadencia.db", told.extend)
    yield Office(database, told)
    database.close()


@pytest.fixture
async def ana(office: Office) -> AccessDesk:
    """The first admin, signed in."""
    desk = office.desk()
    await desk.add("Ana", Role.ADMIN, RIGHT)
    return desk


async def refused(code: str, coroutine: object) -> KnownError:
    with pytest.raises(KnownError) as error:
        await coroutine  # type: ignore[misc]
    assert error.value.code == code
    return error.value


async def test_without_operators_nobody_is_asked(office: Office) -> None:
    desk = office.desk()
    assert not await desk.is_guarded()
    assert [await desk.permit(deed) for deed in Deed] == [None] * len(Deed)
    assert desk.may(Deed.OPERATORS)


async def test_whoever_makes_the_first_admin_is_signed_in_and_all_others_have_to(
    office: Office, ana: AccessDesk
) -> None:
    assert ana.present is not None
    assert await ana.permit(Deed.SETTINGS) == "Ana"
    other = office.desk()
    assert await other.is_guarded()
    await refused("sign_in_needed", other.permit(Deed.READ))
    await other.sign_in(" ANA ", RIGHT)
    assert await other.permit(Deed.DELETE) == "Ana"
    other.sign_out()
    await refused("sign_in_needed", other.permit(Deed.READ))


async def test_the_first_operator_is_an_admin(office: Office) -> None:
    await refused("first_operator_admin", office.desk().add("Ana", Role.AGENT, RIGHT))
    assert not await office.desk().is_guarded()


async def test_a_denied_deed_says_who_asked_and_which_role_it_takes(office: Office, ana: AccessDesk) -> None:
    await ana.add("Vera", Role.VIEWER, RIGHT)
    vera = office.desk()
    await vera.sign_in("Vera", RIGHT)
    assert await vera.permit(Deed.READ) == "Vera"
    error = await refused("not_allowed", vera.permit(Deed.SEND))
    assert error.facts == {"name": "Vera", "role": "viewer", "deed": "send", "needs": "agent"}
    assert not vera.may(Deed.SEND)
    for deed in (vera.add("x", Role.VIEWER, RIGHT), vera.remove("Ana"), vera.set_role("Vera", Role.ADMIN),
                 vera.set_password("Ana", RIGHT), vera.set_disabled("Ana", True)):  # fmt: skip
        await refused("not_allowed", deed)


async def test_a_wrong_name_and_a_wrong_password_are_refused_alike(office: Office, ana: AccessDesk) -> None:
    one = await refused("sign_in_refused", office.desk().sign_in("Ana", WRONG))
    other = await refused("sign_in_refused", office.desk().sign_in("Nobody", WRONG))
    assert (one.message, one.hint, one.facts) == (other.message, other.hint, other.facts)
    line = office.last(EventType.SIGN_IN_REFUSED).fact
    assert line.details == {"name": "Ana", "tries": 1}
    assert WRONG not in repr(office.told)


async def test_five_wrong_passwords_lock_for_longer_and_longer_and_for_every_process(
    office: Office, ana: AccessDesk
) -> None:
    for _ in range(5):
        await refused("sign_in_refused", office.desk().sign_in("ana", WRONG))
    await refused("operator_locked", office.desk().sign_in("ana", RIGHT))
    office.now += timedelta(seconds=61)
    await refused("sign_in_refused", office.desk().sign_in("ana", WRONG))
    office.now += timedelta(seconds=61)
    await refused("operator_locked", office.desk().sign_in("ana", RIGHT))
    office.now += timedelta(seconds=60)
    await office.desk().sign_in("ana", RIGHT)
    assert [operator.failed_tries for operator in await ana.operators()] == [0]
    await refused("sign_in_refused", office.desk().sign_in("ana", WRONG))  # counted anew


async def test_an_admin_ends_a_lock_with_a_new_password(office: Office, ana: AccessDesk) -> None:
    await ana.add("Bia", Role.AGENT, RIGHT)
    for _ in range(5):
        await refused("sign_in_refused", office.desk().sign_in("Bia", WRONG))
    await ana.set_password("Bia", "uma senha nova")
    await office.desk().sign_in("Bia", "uma senha nova")
    await refused("sign_in_refused", office.desk().sign_in("Bia", RIGHT))


async def test_whoever_is_disabled_removed_or_demoted_loses_it_in_an_open_window(
    office: Office, ana: AccessDesk
) -> None:
    await ana.add("Bia", Role.ADMIN, RIGHT)
    bia = office.desk()
    await bia.sign_in("Bia", RIGHT)
    await ana.set_role("Bia", Role.VIEWER)
    await refused("not_allowed", bia.permit(Deed.SEND))
    await ana.set_disabled("Bia", True)
    await refused("sign_in_needed", bia.permit(Deed.READ))
    await refused("operator_disabled", office.desk().sign_in("Bia", RIGHT))
    await ana.set_disabled("Bia", False)
    await bia.sign_in("Bia", RIGHT)
    await ana.remove("Bia")
    await refused("sign_in_needed", bia.permit(Deed.READ))


async def test_the_last_admin_stays_one(office: Office, ana: AccessDesk) -> None:
    await ana.add("Bia", Role.AGENT, RIGHT)
    await refused("last_admin", ana.remove("Ana"))
    await refused("last_admin", ana.set_role("Ana", Role.AGENT))
    await refused("last_admin", ana.set_disabled("Ana", True))
    await ana.set_role("Bia", Role.ADMIN)
    await ana.remove("Ana")
    assert [operator.name for operator in await office.store.operators()] == ["Bia"]


async def test_old_parameters_are_replaced_at_the_next_sign_in(office: Office, ana: AccessDesk) -> None:
    strict = office.desk(time_cost=2)
    before = await office.store.begin_try("Ana", office.now, lambda _tries, _now: None)
    await strict.sign_in("Ana", RIGHT)
    after = await office.store.begin_try("Ana", office.now, lambda _tries, _now: None)
    assert before is not None
    assert after is not None
    assert ",t=1," in before[1]
    assert ",t=2," in after[1]


async def test_the_own_password_is_changed_with_the_old_one(office: Office, ana: AccessDesk) -> None:
    await refused("sign_in_refused", ana.change_own_password(WRONG, "outra senha boa"))
    await refused("password_too_short", ana.change_own_password(RIGHT, "curta"))
    await ana.change_own_password(RIGHT, "outra senha boa")
    await office.desk().sign_in("Ana", "outra senha boa")
    await refused("sign_in_needed", office.desk().change_own_password(RIGHT, "outra senha boa"))


@pytest.mark.parametrize("name", ["", "  ", "api", "API", "x" * 81, "a\nb\x00"])
async def test_impossible_names_are_refused(office: Office, ana: AccessDesk, name: str) -> None:
    await refused("bad_operator_name", ana.add(name, Role.AGENT, RIGHT))


async def test_a_name_is_taken_however_it_is_written(office: Office, ana: AccessDesk) -> None:
    await refused("operator_exists", ana.add("ANA", Role.AGENT, RIGHT))
    await refused("operator_not_found", ana.remove("Zoe"))


async def test_other_programs_act_as_an_agent_named_api(office: Office) -> None:
    desk = office.desk()
    assert await desk.permit_api(Deed.DELETE) == "api"
    await desk.add("Ana", Role.ADMIN, RIGHT)
    assert await office.desk().permit_api(Deed.SEND) == "api"
    await refused("not_allowed", desk.permit_api(Deed.DELETE))


async def test_a_reset_forgets_all_and_leaves_a_line(office: Office, ana: AccessDesk) -> None:
    assert await office.desk().reset() == 1
    assert not await ana.is_guarded()
    assert office.last(EventType.OPERATOR_CHANGED).fact.details == {"change": "reset", "operators": 1}


async def test_every_change_leaves_a_line_with_who_made_it(office: Office, ana: AccessDesk) -> None:
    await ana.add("Bia", Role.AGENT, RIGHT)
    await ana.set_role("Bia", Role.VIEWER)
    await ana.set_password("Bia", "uma senha nova")
    await ana.set_disabled("Bia", True)
    await ana.set_disabled("Bia", False)
    await ana.remove("Bia")
    lines = [event.fact for event in office.told if event.type is EventType.OPERATOR_CHANGED][1:]
    assert [line.details["change"] for line in lines] == [
        "added", "role", "password", "disabled", "enabled", "removed",
    ]  # fmt: skip
    assert {line.operator for line in lines} == {"Ana"}
    assert "argon2" not in repr(office.told)
