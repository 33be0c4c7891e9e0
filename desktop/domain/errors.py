"""The two kinds of errors. Gateway answers are neither: they are an `Outcome` (see `outcome.py`)."""


class KnownError(Exception):
    """The world refused (wrong file, no key, campaign not ready): the operator reads one sentence and what to do.

    Args:
        code: stable identifier that scripts may rely on, `snake_case`.
        message: one sentence, no secret and no message body in it.
        hint: what to do about it; may be empty.
        facts: the numbers and names in the sentence, for wording it in another language.
    """

    def __init__(self, code: str, message: str, hint: str = "", **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.facts = facts


class BugError(Exception):
    """Our own mistake: it gets a traceback and a crash report, never a retry."""


class IllegalStepError(BugError):
    """A state machine was asked for a step that its table does not have; nothing has changed."""
