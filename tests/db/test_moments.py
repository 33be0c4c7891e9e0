"""Documents and moments as they are stored."""

from hypothesis import given
from hypothesis import strategies as st

from db.moments import from_json, texts_to_json, to_json


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_texts_are_written_as_every_other_document(texts: dict[str, str]) -> None:
    assert texts_to_json(texts) == to_json(texts)
    assert from_json(texts_to_json(texts)) == texts
