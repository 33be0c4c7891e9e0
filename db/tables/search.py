"""The full-text index of people: names and values of custom fields, word by word, without accents. SQLite's FTS5.

It holds no text of its own, only which words are in which contact. New contacts are put in by whoever adds them, many
in one statement (`db/stores/contact_search.py`): a trigger for each would take 40 s for a million people, this takes 5.
Changes and deletions are found by triggers.
"""

_VALUES = "(SELECT coalesce(group_concat(value, ' '), '') FROM json_each({row}.custom))"


def body(row: str) -> str:
    """Return the words of a contact; the same for putting in and for taking out."""
    return f"{row}.name || ' ' || {_VALUES.format(row=row)}"


_OUT = f"INSERT INTO contact_search (contact_search, rowid, body) VALUES ('delete', OLD.id, {body('OLD')});"
_IN = f"INSERT INTO contact_search (rowid, body) VALUES (NEW.id, {body('NEW')});"

SQLITE_SEARCH: tuple[str, ...] = (
    "CREATE VIRTUAL TABLE contact_search USING fts5(body, content='', columnsize=0, detail=none, "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER contact_search_update AFTER UPDATE OF name, custom ON contact"
    f"\n  WHEN OLD.name <> NEW.name OR OLD.custom <> NEW.custom\nBEGIN\n  {_OUT}\n  {_IN}\nEND",
    f"CREATE TRIGGER contact_search_delete AFTER DELETE ON contact\nBEGIN\n  {_OUT}\nEND",
)
