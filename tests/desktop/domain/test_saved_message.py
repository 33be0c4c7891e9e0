"""By which words a saved message is found."""

from desktop.domain.campaign import Media, MessageDraft
from desktop.domain.saved_message import folded, searchable
from desktop.domain.template import TemplateUse


def test_accents_capitals_and_spaces_do_not_matter() -> None:
    assert folded("  Promoção   de ÁGUA ") == "promocao de agua"


def test_a_message_is_found_by_its_name_texts_files_and_templates() -> None:
    template = TemplateUse("natal_2026", "pt_BR", parameters=(("1", "Olá {{name}}"),))
    messages = [
        MessageDraft("Bom dia"),
        MessageDraft("", media=Media("document", "/files/Tabela Preços.pdf")),
        MessageDraft("", template=template),
    ]
    found = searchable("Fim de Ano", messages)
    for word in ("fim de ano", "bom dia", "tabela precos.pdf", "natal_2026", "ola {{name}}"):
        assert word in found
    assert "/files" not in found, "where a file lies is no word of a message"
