"""The roles beyond Qt's own that tables of this program answer. Plain integers: they are compared for every cell."""

from typing import Final

from PySide6.QtCore import Qt

DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
TOOL_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)

TONE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The tone of the cell's text or pill."""
SECOND: Final = int(Qt.ItemDataRole.UserRole) + 2
"""A quiet second line."""
PARTS: Final = int(Qt.ItemDataRole.UserRole) + 3
"""Parts of a progress bar: ((share, colour role), …)."""
ROW: Final = int(Qt.ItemDataRole.UserRole) + 4
"""The value that the row was made from."""

RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
