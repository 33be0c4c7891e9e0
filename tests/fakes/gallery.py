"""Renders the pages to PNG files, in both themes and both languages, from sample data. Run it on a (virtual) screen.

python -m tests.fakes.gallery FOLDER [--only NAME …] [--size 1280x820]
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.recipient import RecipientStatus
from desktop.screens.main_window import MainWindow
from desktop.screens.pages import PageName
from desktop.viewmodels.editor import Step
from desktop.widgets.language import install_language
from desktop.widgets.theme import apply_theme
from tests.fakes import samples
from tests.fakes.samples import NOW
from tests.fakes.window import FakeProgram

_SETTLE_MS = 1500

Scene = Callable[[FakeProgram, MainWindow], None]


def _campaigns(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGNS)


def _campaign(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGN, CampaignId(8))


def _recipients(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGN, CampaignId(8))
    page = window.page(PageName.CAMPAIGN)
    page._show_tab("recipients")
    page.panel.table.choose_row(10)


def _doubts(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGN, CampaignId(8))
    window.page(PageName.CAMPAIGN)._on_decide_requested()


def _proof(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGN, CampaignId(8))
    window.page(PageName.CAMPAIGN)._show_tab("proof")


def _proof_good(program: FakeProgram, window: MainWindow) -> None:
    program.library.facts = samples.proof_facts(499)
    _proof(program, window)


def _campaign_why(program: FakeProgram, window: MainWindow) -> None:
    program.engine.campaigns[CampaignId(8)] = samples.held_campaign()
    _campaign(program, window)
    window.page(PageName.CAMPAIGN).head.why_button.click()


def _recipient_why(program: FakeProgram, window: MainWindow) -> None:
    program.control.explanations = defaultdict(samples.held_recipient)
    window.navigate(PageName.CAMPAIGN, CampaignId(8))
    page = window.page(PageName.CAMPAIGN)
    page._show_tab("recipients")
    page.panel.show_status(RecipientStatus.PENDING)
    page.panel.table.choose_row(1)


def _instances_why(program: FakeProgram, window: MainWindow) -> None:
    for number, (_name, found) in enumerate(samples.held_campaign().instances, 1):
        program.engine.instances[InstanceId(number)] = found
    window.navigate(PageName.INSTANCES)


def _campaign_plan(program: FakeProgram, window: MainWindow) -> None:
    program.control.forecasts[CampaignId(8)] = samples.forecast()
    _campaign(program, window)
    bar = window.page(PageName.CAMPAIGN).overview.verticalScrollBar()
    QTimer.singleShot(_SETTLE_MS // 2, lambda: bar.setValue(bar.maximum()))


def _editor_plan(program: FakeProgram, window: MainWindow) -> None:
    program.control.forecasts[CampaignId(4)] = samples.forecast()
    _editor_review(program, window)


def _paused(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGN, CampaignId(6))


def _offline(program: FakeProgram, window: MainWindow) -> None:
    program.engine.online = False
    program.library.settings["practice.active"] = True
    program.shell.start()
    window.navigate(PageName.CAMPAIGNS)


def _first_run(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.FIRST_RUN)


def _closing(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGNS)
    window._ask_before_closing()


def _editor(_program: FakeProgram, window: MainWindow) -> None:
    window.navigate(PageName.EDITOR, CampaignId(4))


def _editor_message(program: FakeProgram, window: MainWindow) -> None:
    _editor(program, window)
    window.page(PageName.EDITOR).go_to(Step.MESSAGE)


def _editor_pace(program: FakeProgram, window: MainWindow) -> None:
    _editor(program, window)
    window.page(PageName.EDITOR).go_to(Step.PACE)


def _editor_review(program: FakeProgram, window: MainWindow) -> None:
    _editor(program, window)
    window.page(PageName.EDITOR).go_to(Step.REVIEW)


def _warmup(program: FakeProgram, window: MainWindow, warmup: str = "1:20 8:70 15:255 22:-", idle: int = 0) -> None:
    row = program.library.numbers[0]
    program.library.numbers[0] = replace(row, instance=replace(row.instance, warmup=warmup))
    program.library.days[row.instance.id] = [
        (NOW.date() - timedelta(days=ago), 40) for ago in range(22 + idle, 1 + idle, -1)
    ]
    window.navigate(PageName.INSTANCES)
    window.page(PageName.INSTANCES).open_warmup_dialog(program.library.numbers[0].instance)


def _warmup_standard(program: FakeProgram, window: MainWindow) -> None:
    _warmup(program, window, "standard", 8)


def _warmup_off(program: FakeProgram, window: MainWindow) -> None:
    _warmup(program, window, "off")


def _open(name: PageName) -> Scene:
    def show(_program: FakeProgram, window: MainWindow) -> None:
        window.navigate(name)

    return show


SCENES: dict[str, Scene] = {
    "first_run": _first_run,
    "campaigns": _campaigns,
    "campaigns_empty": _campaigns,
    "campaign": _campaign,
    "campaign_recipients": _recipients,
    "campaign_doubts": _doubts,
    "campaign_paused": _paused,
    "campaign_why": _campaign_why,
    "recipient_why": _recipient_why,
    "instances_why": _instances_why,
    "campaign_plan": _campaign_plan,
    "editor_plan": _editor_plan,
    "proof": _proof,
    "proof_good": _proof_good,
    "editor": _editor,
    "editor_message": _editor_message,
    "editor_pace": _editor_pace,
    "editor_review": _editor_review,
    "instances": _open(PageName.INSTANCES),
    "warmup": _warmup,
    "warmup_standard": _warmup_standard,
    "warmup_off": _warmup_off,
    "contacts": _open(PageName.CONTACTS),
    "timeline": _open(PageName.TIMELINE),
    "settings": _open(PageName.SETTINGS),
    "instances_empty": _open(PageName.INSTANCES),
    "contacts_empty": _open(PageName.CONTACTS),
    "timeline_empty": _open(PageName.TIMELINE),
    "offline": _offline,
    "closing": _closing,
}


def main() -> None:
    arguments = _arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    theme = apply_theme(app, "light")
    languages = install_language(app, "en")
    for mode in arguments.themes:
        theme.set_mode(mode)
        for language in arguments.languages:
            languages.install(language)
            for name, scene in SCENES.items():
                if not arguments.only or name in arguments.only:
                    _render(name, scene, arguments, f"{name}-{mode}-{language}.png")


def _render(name: str, scene: Scene, arguments: argparse.Namespace, file: str) -> None:
    program = FakeProgram(is_empty=name.endswith("_empty"), recipients=100_000)
    window = program.window()
    width, height = (int(part) for part in arguments.size.split("x"))
    window.resize(width, height)
    window.show()
    if name != "first_run":
        program.shell.start()
    scene(program, window)
    _wait(_SETTLE_MS)
    shown = window.screen().grabWindow(window.winId()) if _is_real_screen() else window.grab()
    dialogs = [child for child in QApplication.topLevelWidgets() if child.isVisible() and child is not window]
    shown.save(str(arguments.folder / file))
    for place, dialog in enumerate(dialogs):
        dialog.grab().save(str(arguments.folder / file.replace(".png", f"-dialog{place}.png")))
    window.close_for_good()
    window.deleteLater()
    _wait(50)


def _is_real_screen() -> bool:
    return QApplication.platformName() not in ("offscreen", "minimal")


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--size", default="1280x820")
    parser.add_argument("--themes", nargs="*", default=["light", "dark"])
    parser.add_argument("--languages", nargs="*", default=["en", "pt_BR"])
    return parser.parse_args()


if __name__ == "__main__":
    main()
