"""Writing documents: entered in bulk, drafted, closed, discarded; their files and their 公开属性."""

from gongkai.documents.actions.destroying import destroy_text
from gongkai.documents.actions.disclosing import reassess, set_disclosure
from gongkai.documents.actions.drafting import (
    close_edition,
    discard_draft,
    next_edition,
    open_draft,
    save_draft,
)
from gongkai.documents.actions.entering import INDEX_SERIES, Draft, enter_documents
from gongkai.documents.actions.files import attach_file, detach_file, read_unread_files
from gongkai.documents.actions.importing import TakenIn, open_draft_from_word, take_in_word
from gongkai.documents.actions.locking import begin_editing, take_over
from gongkai.documents.actions.pictures import add_picture

__all__ = [
    "INDEX_SERIES",
    "Draft",
    "TakenIn",
    "add_picture",
    "attach_file",
    "begin_editing",
    "close_edition",
    "destroy_text",
    "detach_file",
    "discard_draft",
    "enter_documents",
    "next_edition",
    "open_draft",
    "open_draft_from_word",
    "read_unread_files",
    "reassess",
    "save_draft",
    "set_disclosure",
    "take_in_word",
    "take_over",
]
