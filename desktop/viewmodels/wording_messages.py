"""Words about refusals of drafts, messages and their files. `{…}` are facts of the error."""

from collections.abc import Mapping

from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

_LOOK_AGAIN = QT_TRANSLATE_NOOP("Wording", "Look at the list again.")

ERROR: Mapping[str, tuple[str, str]] = {
    "audience_empty": (
        QT_TRANSLATE_NOOP("Wording", "Nobody would get this campaign."),
        QT_TRANSLATE_NOOP("Wording", "Choose another audience."),
    ),
    "no_message": (
        QT_TRANSLATE_NOOP("Wording", "This campaign has no message."),
        QT_TRANSLATE_NOOP("Wording", "Write one."),
    ),
    "no_instance": (
        QT_TRANSLATE_NOOP("Wording", "This campaign has no number to send with."),
        QT_TRANSLATE_NOOP("Wording", "Choose at least one."),
    ),
    "template_unknown": (
        QT_TRANSLATE_NOOP("Wording", "Meta has no template “{name}” in the language {language}."),
        QT_TRANSLATE_NOOP("Wording", "Read the templates again and choose one of the list."),
    ),
    "schedule_in_past": (
        QT_TRANSLATE_NOOP("Wording", "The moment to start at has passed."),
        QT_TRANSLATE_NOOP("Wording", "Choose a later one."),
    ),
    "contact_not_found": (QT_TRANSLATE_NOOP("Wording", "This person is not there any more."), _LOOK_AGAIN),
    "media_unreadable": (
        QT_TRANSLATE_NOOP("Wording", "The file “{path}” cannot be read."),
        QT_TRANSLATE_NOOP("Wording", "Check that it is still there and close it in other programs."),
    ),
    "picture_too_large": (
        QT_TRANSLATE_NOOP("Wording", "The picture cannot be made small enough."),
        QT_TRANSLATE_NOOP("Wording", "Use another one, or send it as a document."),
    ),
    "picture_unreadable": (
        QT_TRANSLATE_NOOP("Wording", "This file is no picture that can be read."),
        QT_TRANSLATE_NOOP("Wording", "Open it in another program and save it as JPEG or PNG."),
    ),
    "saved_message_not_found": (
        QT_TRANSLATE_NOOP("Wording", "There is no saved message “{name}”."),
        _LOOK_AGAIN,
    ),
    "saved_message_exists": (
        QT_TRANSLATE_NOOP("Wording", "There is a saved message “{name}” already."),
        QT_TRANSLATE_NOOP("Wording", "Choose another name."),
    ),
    "bad_message_name": (
        QT_TRANSLATE_NOOP("Wording", "A name has 1 to {longest} characters."),
        QT_TRANSLATE_NOOP("Wording", "Choose a short one."),
    ),
    "number_waits": (
        QT_TRANSLATE_NOOP("Wording", "{name} may not send anything now."),
        QT_TRANSLATE_NOOP("Wording", "Its card in Instances says what it waits for. Or choose another number."),
    ),
    "opted_out": (
        QT_TRANSLATE_NOOP("Wording", "This phone opted out of messages."),
        QT_TRANSLATE_NOOP("Wording", "Use another one, or opt it in again in Contacts."),
    ),
    "test_unwritable": (
        QT_TRANSLATE_NOOP("Wording", "The message cannot be written for this person."),
        QT_TRANSLATE_NOOP("Wording", "Choose another one for the preview, or mend the message."),
    ),
    "test_refused": (
        QT_TRANSLATE_NOOP("Wording", "The test was not sent."),
        QT_TRANSLATE_NOOP("Wording", "The log says what the gateway answered."),
    ),
    "test_unsure": (
        QT_TRANSLATE_NOOP("Wording", "The gateway did not answer: the test may have left or not."),
        QT_TRANSLATE_NOOP("Wording", "Look at your phone before you send another one."),
    ),
}
