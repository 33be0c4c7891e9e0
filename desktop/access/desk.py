"""Who acts in this process, and what they may: sign-in, the question before each deed, and managing operators."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.access.ports import OperatorWrites
from desktop.domain.errors import KnownError
from desktop.domain.operator import API_NAME, LONGEST_NAME, Deed, Operator, Role
from desktop.policy.permissions import is_allowed, least_role
from desktop.policy.sign_in import locked_until

if TYPE_CHECKING:
    from desktop.access.passwords import Passwords


class AccessDesk:
    """One operator at a time, or nobody. While the workspace has no operators, everybody may everything.

    Attributes:
        present: who is signed in.
    """

    def __init__(
        self, store: OperatorWrites, now: Callable[[], datetime], passwords: "Passwords | None" = None
    ) -> None:
        self._store, self._now = store, now
        self._made = passwords  # its library is loaded when it is needed
        self.present: Operator | None = None

    # Signing in ------------------------------------------------------------------------------------------------------

    async def is_guarded(self) -> bool:
        """Tell whether the workspace has operators, so that a sign-in is needed."""
        return (await self._store.standing(None))[0]

    async def refresh(self) -> bool:
        """Look again at who is signed in: somebody else may have changed the role. Tell whether all is well.

        Returns:
            False when a sign-in is needed.
        """
        is_guarded, found = await self._store.standing(self.present.id if self.present else None)
        self.present = found if found is not None and found.disabled_at is None else None
        return not is_guarded or self.present is not None

    async def sign_in(self, name: str, password: str) -> Operator:
        """Become an operator.

        Raises:
            KnownError: `sign_in_refused` (whatever was wrong), `operator_locked`, `operator_disabled`.
        """
        found = await self.check(name, password)
        self.present = found
        return found

    async def check(self, name: str, password: str) -> Operator:
        """Compare a password, as a counted try, without becoming that operator (see `sign_in`)."""
        tried = await self._store.begin_try(name, self._now(), locked_until)
        passwords = await self._passwords()
        is_right = await asyncio.to_thread(passwords.is_right, tried[1] if tried else None, password)
        if tried is None or not is_right:
            if tried is not None:
                await self._store.note_wrong(tried[0], self._now())
            raise KnownError("sign_in_refused", "Name or password is wrong.", "Try again, or ask an admin.")
        new_hash: str | None = None
        if passwords.is_stale(tried[1]):
            new_hash = await asyncio.to_thread(passwords.hash, password)
        return await self._store.note_right(tried[0].id, self._now(), new_hash)

    def sign_out(self) -> None:
        self.present = None

    # Before each deed ------------------------------------------------------------------------------------------------

    async def permit(self, deed: Deed) -> str | None:
        """Return the name of whoever acts, for the audit line; None while there are no operators.

        The database is asked each time: who was disabled a moment ago may nothing any more, in an open window too.

        Raises:
            KnownError: `sign_in_needed`, `not_allowed`.
        """
        is_well = await self.refresh()
        if not is_well:
            raise sign_in_needed()
        if self.present is None:
            return None
        if not is_allowed(self.present.role, deed):
            raise not_allowed(self.present.name, self.present.role, deed)
        return self.present.name

    async def permit_api(self, deed: Deed) -> str | None:
        """Like `permit`, for other programs: whoever has the token acts as an agent.

        Raises:
            KnownError: `not_allowed`.
        """
        if await self.is_guarded() and not is_allowed(Role.AGENT, deed):
            raise not_allowed(API_NAME, Role.AGENT, deed)
        return API_NAME

    def may(self, deed: Deed) -> bool:
        """Tell what to offer: whether the one who is signed in may do it. `permit` decides."""
        return self.present is None or is_allowed(self.present.role, deed)

    # Managing --------------------------------------------------------------------------------------------------------

    async def operators(self) -> Sequence[Operator]:
        await self.permit(Deed.READ)
        return await self._store.operators()

    async def add(self, name: str, role: Role, password: str) -> Operator:
        """Add an operator. The first one is an admin, from whom on a sign-in is needed.

        Raises:
            KnownError: `not_allowed`, `operator_exists`, `first_operator_admin`, `bad_operator_name`, and those of
                passwords.
        """
        by = await self.permit(Deed.OPERATORS)
        tidy = " ".join(name.split())
        if not tidy or len(tidy) > LONGEST_NAME or tidy.casefold() == API_NAME or not tidy.isprintable():
            raise KnownError(
                "bad_operator_name",
                f"{tidy or 'An empty name'} cannot be the name of an operator.",
                f"Use up to {LONGEST_NAME} characters; {API_NAME} is how other programs are called.",
            )
        made = await self._store.add(tidy, role, await self._hash(password), self._now(), by)
        if by is None and self.present is None:
            self.present = made  # whoever makes the first admin is the first admin
        return made

    async def set_password(self, name: str, password: str) -> None:
        """Give somebody a new password; this also ends a lock."""
        by = await self.permit(Deed.OPERATORS)
        await self._store.set_password(name, await self._hash(password), self._now(), by)

    async def change_own_password(self, old: str, new: str) -> None:
        """Change the password of the one who is signed in.

        Raises:
            KnownError: `sign_in_needed`, `sign_in_refused`, `operator_locked`, and those of passwords.
        """
        await self.permit(Deed.READ)
        if self.present is None:
            raise sign_in_needed()
        present = self.present
        hashed = await self._hash(new)
        await self.check(present.name, old)
        await self._store.set_password(present.name, hashed, self._now(), present.name)

    async def set_role(self, name: str, role: Role) -> None:
        by = await self.permit(Deed.OPERATORS)
        await self._store.set_role(name, role, self._now(), by)

    async def set_disabled(self, name: str, is_disabled: bool) -> None:
        by = await self.permit(Deed.OPERATORS)
        await self._store.set_disabled(name, is_disabled, self._now(), by)

    async def remove(self, name: str) -> None:
        by = await self.permit(Deed.OPERATORS)
        await self._store.remove(name, self._now(), by)

    async def reset(self) -> int:
        """Remove all operators without asking who one is: whoever can run this owns the data folder anyway."""
        self.present = None
        return await self._store.reset(self._now())

    async def _passwords(self) -> "Passwords":
        if self._made is None:
            from desktop.access.passwords import Passwords

            self._made = await asyncio.to_thread(Passwords)
        return self._made

    async def _hash(self, password: str) -> str:
        return await asyncio.to_thread((await self._passwords()).hash, password)


def sign_in_needed() -> KnownError:
    return KnownError(
        "sign_in_needed",
        "This workspace asks who you are.",
        "Sign in; on the command line with CADENCIA_OPERATOR and CADENCIA_PASSWORD.",
    )


def not_allowed(name: str, role: Role, deed: Deed) -> KnownError:
    return KnownError(
        "not_allowed",
        f"{name} is signed in as {role} and may not do this ({deed}).",
        f"It takes the role {least_role(deed)}: ask an admin.",
        name=name,
        role=role.value,
        deed=deed.value,
        needs=least_role(deed).value,
    )
