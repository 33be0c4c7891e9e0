"""A limit with a switch: a figure, or no limit at all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop.widgets.fields import DecimalField
from desktop.widgets.tokens import SPACE_M


class LimitField(QWidget):
    """Signals:
    changed: the limit (int or float), or None for none.
    """

    changed = Signal(object)

    def __init__(
        self,
        lowest: float,
        highest: float,
        usual: float,
        no_limit: str,
        decimals: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """`usual` is the figure that is offered when the limit is switched on."""
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        self._decimals = decimals
        self.figure = DecimalField(lowest, highest, usual)
        self.figure.setDecimals(decimals)
        self.figure.setSingleStep(1.0 if decimals == 0 else 0.1)
        self.figure.setGroupSeparatorShown(True)
        self.figure.setFixedWidth(110)
        self.figure.valueChanged.connect(self._on_changed)
        self.no_limit = QCheckBox(no_limit)
        self.no_limit.toggled.connect(self._on_switched)
        layout.addWidget(self.figure)
        layout.addWidget(self.no_limit)
        layout.addStretch(1)
        self.setFocusProxy(self.figure)

    @property
    def limit(self) -> float | None:
        if self.no_limit.isChecked():
            return None
        return self.figure.value() if self._decimals else int(self.figure.value())

    def set_limit(self, limit: float | None) -> None:
        """Show a limit without telling anybody."""
        for part in (self.figure, self.no_limit):
            part.blockSignals(True)
        self.no_limit.setChecked(limit is None)
        self.figure.setEnabled(limit is not None)
        if limit is not None:
            self.figure.setValue(limit)
        for part in (self.figure, self.no_limit):
            part.blockSignals(False)

    def _on_switched(self, is_off: bool) -> None:
        self.figure.setEnabled(not is_off)
        self._on_changed()

    def _on_changed(self, _value: float = 0.0) -> None:
        self.changed.emit(self.limit)
