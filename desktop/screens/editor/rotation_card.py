"""How several numbers take turns, and whether people keep hearing from the number that they know."""

from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QWidget

from desktop.domain.campaign import Draft, Rotation
from desktop.screens.editor.choice_card import ChoiceCard
from desktop.viewmodels import wording
from desktop.viewmodels.editor import EditorViewModel
from desktop.widgets.card import Card
from desktop.widgets.labels import label


class RotationCard(Card):
    """Is hidden while one number sends all: there is nothing to choose."""

    def __init__(self, editor: EditorViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editor = editor
        self.body.addWidget(label(self.tr("How they take turns"), "section"))
        self.rotations = {
            Rotation.INTELLIGENT: ChoiceCard(
                "sparkles",
                wording.rotation(Rotation.INTELLIGENT),
                self.tr("The healthiest number with the most room left today goes first"),
            ),
            Rotation.BALANCED: ChoiceCard(
                "chart-no-axes-column",
                wording.rotation(Rotation.BALANCED),
                self.tr("The number that has sent the least today goes first"),
            ),
            Rotation.ROUND_ROBIN: ChoiceCard(
                "repeat",
                wording.rotation(Rotation.ROUND_ROBIN),
                self.tr("One after the other in a fixed order, whoever is available"),
            ),
        }
        self._group = QButtonGroup(self)
        for choice in self.rotations.values():
            self._group.addButton(choice)
            self.body.addWidget(choice)
        self._group.buttonClicked.connect(self._on_chosen)
        self.sticky = QCheckBox(self.tr("Keep to the number that a person knows"))
        self.sticky.clicked.connect(editor.set_sticky)
        self.body.addWidget(self.sticky)
        hint = self.tr(
            "Whoever has already received messages from one of these numbers hears from the same one while it is "
            "available. When it rests, another takes over."
        )
        self.sticky.setAccessibleDescription(hint)
        self.body.addWidget(label(hint, "caption", wrap=True))

    def show_draft(self, draft: Draft) -> None:
        self.setVisible(len(draft.instances) > 1)
        self.rotations[draft.rotation].setChecked(True)
        self.sticky.setChecked(draft.sticky)

    def _on_chosen(self, clicked: QAbstractButton) -> None:
        self._editor.set_rotation(next(mode for mode, choice in self.rotations.items() if choice is clicked))
