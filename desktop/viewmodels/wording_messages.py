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
    "ai_cut": (
        QT_TRANSLATE_NOOP("Wording", "The AI stopped in the middle of the text."),
        QT_TRANSLATE_NOOP("Wording", "Ask for a shorter one, or raise the limit of the endpoint."),
    ),
    "ai_budget": (
        QT_TRANSLATE_NOOP("Wording", "The cap of what the texts may cost is reached."),
        QT_TRANSLATE_NOOP("Wording", "What is written stays. Agree to a higher cap to go on."),
    ),
    "ai_not_agreed": (
        QT_TRANSLATE_NOOP("Wording", "Nobody has agreed to send these fields of contacts to this AI."),
        QT_TRANSLATE_NOOP("Wording", "Look at what would leave, and agree, first."),
    ),
    "own_text_faulty": (
        QT_TRANSLATE_NOOP("Wording", "There is no message without mistakes that texts could be made of."),
        QT_TRANSLATE_NOOP("Wording", "Write one, or say what you want."),
    ),
    "own_text_nobody": (
        QT_TRANSLATE_NOOP("Wording", "Nobody is in the audience yet."),
        QT_TRANSLATE_NOOP("Wording", "Choose in Audience who receives the message."),
    ),
    "own_text_unacceptable": (
        QT_TRANSLATE_NOOP("Wording", "A text that is empty or too long cannot be sent."),
        QT_TRANSLATE_NOOP("Wording", "Mend it, or leave it as it was."),
    ),
    "own_texts_started": (
        QT_TRANSLATE_NOOP("Wording", "The campaign was started: its texts stay as they are."),
        QT_TRANSLATE_NOOP("Wording", "Duplicate it to write others."),
    ),
    "own_texts_writing": (
        QT_TRANSLATE_NOOP("Wording", "The texts are being written."),
        QT_TRANSLATE_NOOP("Wording", "Pause it first."),
    ),
    "own_texts_unread": (
        QT_TRANSLATE_NOOP("Wording", "Some texts for one person each have not been read."),
        QT_TRANSLATE_NOOP("Wording", "Accept or refuse them in Message, A text for each person."),
    ),
    "own_texts_missing": (
        QT_TRANSLATE_NOOP("Wording", "Some people have no accepted text of their own."),
        QT_TRANSLATE_NOOP("Wording", "Say in Message whether they get the ordinary message or are left out."),
    ),
    "own_texts_template": (
        QT_TRANSLATE_NOOP("Wording", "A template of Meta cannot be replaced by a text for each person."),
        QT_TRANSLATE_NOOP("Wording", "Discard the texts, or choose a message without a template."),
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
