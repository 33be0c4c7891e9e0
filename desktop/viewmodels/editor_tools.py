"""What stands beside the text of a message in the editor, handed over in one piece."""

from dataclasses import dataclass

from desktop.viewmodels.editor_ai import AiViewModel
from desktop.viewmodels.editor_library import LibraryViewModel
from desktop.viewmodels.editor_people import PeopleViewModel
from desktop.viewmodels.editor_templates import TemplateViewModel
from desktop.viewmodels.editor_trial import TrialViewModel
from desktop.viewmodels.own_text_review import OwnTextReviewViewModel
from desktop.viewmodels.own_texts import OwnTextsViewModel


@dataclass(frozen=True, slots=True)
class MessageTools:
    """Their owner keeps them: they belong to one editor."""

    library: LibraryViewModel
    templates: TemplateViewModel
    people: PeopleViewModel
    trial: TrialViewModel
    ai: AiViewModel
    own_texts: OwnTextsViewModel
    own_text_review: OwnTextReviewViewModel
