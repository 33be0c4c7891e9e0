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
    "ai_off": (
        QT_TRANSLATE_NOOP("Wording", "No AI is set up."),
        QT_TRANSLATE_NOOP("Wording", "Set one up in the settings, under Integrations."),
    ),
    "ai_faulty_text": (QT_TRANSLATE_NOOP("Wording", "The message has something to mend."), ""),
    "ai_bad_url": (
        QT_TRANSLATE_NOOP("Wording", "The address of the AI begins with https://."),
        QT_TRANSLATE_NOOP(
            "Wording", "For example https://api.example.com/v1. Only one on this computer may do without."
        ),
    ),
    "ai_unauthorised": (
        QT_TRANSLATE_NOOP("Wording", "The AI does not accept the key."),
        QT_TRANSLATE_NOOP("Wording", "Enter it again in the settings."),
    ),
    "ai_not_found": (
        QT_TRANSLATE_NOOP("Wording", "The AI does not know this address or this model."),
        QT_TRANSLATE_NOOP("Wording", "Look at both in the settings."),
    ),
    "ai_busy": (
        QT_TRANSLATE_NOOP("Wording", "The AI is busy, or the account has no credit."),
        QT_TRANSLATE_NOOP("Wording", "Try again a little later, or look at the account there."),
    ),
    "ai_refused": (QT_TRANSLATE_NOOP("Wording", "The AI refused to answer."), ""),
    "ai_unreachable": (
        QT_TRANSLATE_NOOP("Wording", "The AI cannot be reached."),
        QT_TRANSLATE_NOOP("Wording", "Check the connection and the address."),
    ),
    "ai_timeout": (
        QT_TRANSLATE_NOOP("Wording", "The AI did not answer in time."),
        QT_TRANSLATE_NOOP("Wording", "Try again."),
    ),
    "ai_garbage": (
        QT_TRANSLATE_NOOP("Wording", "The AI answered something else than texts."),
        QT_TRANSLATE_NOOP("Wording", "Ask again, or try another model."),
    ),
}
