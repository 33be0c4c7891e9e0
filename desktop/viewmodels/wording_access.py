"""Words about signing in, roles and workspaces."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.domain.operator import Role
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

_ASK_ADMIN = QT_TRANSLATE_NOOP("Wording", "Ask an admin.")
_OTHER_NAME = QT_TRANSLATE_NOOP("Wording", "Choose another name.")

ERROR: Mapping[str, tuple[str, str]] = {
    "not_allowed": (
        QT_TRANSLATE_NOOP("Wording", "Your role does not allow this."),
        QT_TRANSLATE_NOOP("Wording", "Ask an admin to do it, or to give you another role."),
    ),
    "sign_in_needed": (
        QT_TRANSLATE_NOOP("Wording", "This workspace asks who you are."),
        QT_TRANSLATE_NOOP("Wording", "Sign in with your name and password."),
    ),
    "sign_in_refused": (
        QT_TRANSLATE_NOOP("Wording", "Name or password is wrong."),
        QT_TRANSLATE_NOOP("Wording", "After five wrong passwords you have to wait."),
    ),
    "operator_locked": (
        QT_TRANSLATE_NOOP("Wording", "Too many wrong passwords."),
        QT_TRANSLATE_NOOP("Wording", "Wait a little, or let an admin give you a new password."),
    ),
    "operator_disabled": (QT_TRANSLATE_NOOP("Wording", "This operator may not sign in any more."), _ASK_ADMIN),
    "operator_exists": (QT_TRANSLATE_NOOP("Wording", "There is an operator of this name already."), _OTHER_NAME),
    "operator_not_found": (QT_TRANSLATE_NOOP("Wording", "This operator is not there any more."), ""),
    "first_operator_admin": (
        QT_TRANSLATE_NOOP("Wording", "The first operator has to be an admin."),
        QT_TRANSLATE_NOOP("Wording", "Somebody must be able to add the others."),
    ),
    "last_admin": (
        QT_TRANSLATE_NOOP("Wording", "This is the last admin."),
        QT_TRANSLATE_NOOP("Wording", "Make somebody else an admin first: one has to stay."),
    ),
    "bad_operator_name": (
        QT_TRANSLATE_NOOP("Wording", "That cannot be the name of an operator."),
        QT_TRANSLATE_NOOP("Wording", "Use up to 80 characters; “api” is how other programs are called."),
    ),
    "password_too_short": (
        QT_TRANSLATE_NOOP("Wording", "A password has at least 8 characters."),
        QT_TRANSLATE_NOOP(
            "Wording", "Some words that only you would put together are easy to remember and hard to guess."
        ),
    ),
    "password_too_long": (QT_TRANSLATE_NOOP("Wording", "This password is too long."), ""),
    "password_differs": (
        QT_TRANSLATE_NOOP("Wording", "The two passwords differ."),
        QT_TRANSLATE_NOOP("Wording", "Type the same one twice."),
    ),
    "password_missing": (QT_TRANSLATE_NOOP("Wording", "There is no new password."), ""),
    "workspace_not_found": (QT_TRANSLATE_NOOP("Wording", "There is no workspace of this name."), ""),
    "workspace_exists": (QT_TRANSLATE_NOOP("Wording", "There is a workspace of this name already."), _OTHER_NAME),
    "bad_workspace_name": (
        QT_TRANSLATE_NOOP("Wording", "That cannot be the name of a workspace."),
        QT_TRANSLATE_NOOP("Wording", "Use up to 80 characters."),
    ),
}

_ROLES: Mapping[Role, tuple[str, str]] = {
    Role.ADMIN: (
        QT_TRANSLATE_NOOP("Wording", "Admin"),
        QT_TRANSLATE_NOOP("Wording", "May everything, operators and numbers as well."),
    ),
    Role.AGENT: (
        QT_TRANSLATE_NOOP("Wording", "Agent"),
        QT_TRANSLATE_NOOP("Wording", "Writes, starts, pauses and schedules campaigns, and imports contacts."),
    ),
    Role.VIEWER: (
        QT_TRANSLATE_NOOP("Wording", "Viewer"),
        QT_TRANSLATE_NOOP("Wording", "Sees everything and changes nothing."),
    ),
}


def role_name(role: Role) -> str:
    return QCoreApplication.translate("Wording", _ROLES[role][0])


def role_meaning(role: Role) -> str:
    """Tell in a sentence what a role may."""
    return QCoreApplication.translate("Wording", _ROLES[role][1])


# What was changed of operators and workspaces → its sentence, with the name.
_CHANGES: Mapping[str, str] = {
    "added": QT_TRANSLATE_NOOP("Events", "Operator {name} added"),
    "password": QT_TRANSLATE_NOOP("Events", "New password for {name}"),
    "role": QT_TRANSLATE_NOOP("Events", "{name} has another role"),
    "disabled": QT_TRANSLATE_NOOP("Events", "{name} may not sign in any more"),
    "enabled": QT_TRANSLATE_NOOP("Events", "{name} may sign in"),
    "removed": QT_TRANSLATE_NOOP("Events", "Operator {name} removed"),
    "workspace": QT_TRANSLATE_NOOP("Events", "Workspace renamed to {name}"),
    "workspace_added": QT_TRANSLATE_NOOP("Events", "Workspace {name} created"),
}


def operator_change(details: Mapping[str, object]) -> str:
    """Tell what was changed of operators or workspaces; empty when there are no words for it."""
    change, name = details.get("change"), details.get("name")
    pattern = _CHANGES.get(str(change))
    return QCoreApplication.translate("Events", pattern).format(name=name) if pattern and name else ""


# What was done outside the database (`operations/audit.py`) → its sentence.
_ACTIONS: Mapping[str, str] = {
    "gateway_created": QT_TRANSLATE_NOOP("Events", "{name} made at its gateway"),
    "gateway_restarted": QT_TRANSLATE_NOOP("Events", "Connection of {instance} restarted at its gateway"),
    "gateway_logged_out": QT_TRANSLATE_NOOP("Events", "{instance} logged out at its gateway"),
    "pairing_code": QT_TRANSLATE_NOOP("Events", "Pairing code asked for {instance}"),
    "webhook_connected": QT_TRANSLATE_NOOP("Events", "The gateway of {instance} was told where to post"),
    "webhook_disconnected": QT_TRANSLATE_NOOP("Events", "The gateway of {instance} was told to post no more"),
    "contacts_exported": QT_TRANSLATE_NOOP("Events", "Contacts exported: {people}"),
    "person_exported": QT_TRANSLATE_NOOP("Events", "Everything about one person exported"),
    "backup_made": QT_TRANSLATE_NOOP("Events", "Backup made"),
    "backup_restored": QT_TRANSLATE_NOOP("Events", "A backup was restored"),
    "report_exported": QT_TRANSLATE_NOOP("Events", "Report exported ({format})"),
    "secret_set": QT_TRANSLATE_NOOP("Events", "Stored: {secret}"),
    "secret_removed": QT_TRANSLATE_NOOP("Events", "Removed: {secret}"),
}

# Which secret was stored or removed, never its value.
_SECRETS: Mapping[str, str] = {
    "gateway_token": QT_TRANSLATE_NOOP("Events", "access key of {instance}"),
    "app_secret": QT_TRANSLATE_NOOP("Events", "app secret of {instance}"),
    "ai_key": QT_TRANSLATE_NOOP("Events", "key of the AI endpoint"),
    "webhook_secret": QT_TRANSLATE_NOOP("Events", "signing secret of webhook {of}"),
    "api_token": QT_TRANSLATE_NOOP("Events", "token of the API"),
    "backup_passphrase": QT_TRANSLATE_NOOP("Events", "passphrase of the backups"),
    "keys_passphrase": QT_TRANSLATE_NOOP("Events", "passphrase of the keys"),
}


def action(details: Mapping[str, object], instance: str | None) -> str:
    """Tell what was done outside the database; empty when there are no words for it."""
    pattern = _ACTIONS.get(str(details.get("action")))
    if not pattern:
        return ""
    names = {key: details.get(key, "") for key in ("name", "people", "of")} | {"instance": instance or "—"}
    names["format"] = str(details.get("format", "")).upper()
    secret = _SECRETS.get(str(details.get("secret")), "")
    names["secret"] = QCoreApplication.translate("Events", secret).format_map(names) if secret else "—"
    return QCoreApplication.translate("Events", pattern).format_map(names)
