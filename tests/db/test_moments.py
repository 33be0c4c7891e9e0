"""Documents and moments as they are stored."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from db.moments import AsDocument, from_json, texts_to_json, to_json
from db.tables.contact import contact


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_texts_are_written_as_every_other_document(texts: dict[str, str]) -> None:
    assert texts_to_json(texts) == to_json(texts)
    assert from_json(texts_to_json(texts)) == texts


def test_a_query_looks_into_a_document_on_either_database() -> None:
    inside = AsDocument(contact.c.custom)["city"].as_string()
    on_postgresql = str(inside.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "CAST(contact.custom AS JSON) ->>" in on_postgresql
    assert "AS JSON" not in str(inside.compile(dialect=sqlite.dialect()))  # type: ignore[no-untyped-call]
