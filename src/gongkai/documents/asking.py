"""What an author is asked about a draft's text before it goes on: what must be answered, and what is advice."""

from __future__ import annotations

from gongkai.documents import pictures
from gongkai.documents.canonical import Content
from gongkai.text.body.questions import Question, questions


def asked(content: Content) -> list[Question]:
    """Return every question about the text of *content*, in the order of its paragraphs."""
    found = questions(content.text)
    unused = [
        Question(0, f"图片“{one.name}”没有放进正文：读者看不到它，却会随本条公开。请插入或取下。")
        for one in pictures.unused(content)
    ]
    return found + unused


def unanswered(content: Content) -> list[str]:
    """Return a sentence for each question without whose answer the text cannot be sent to review."""
    lacking = [f"第 {one.paragraph} 段：{one.sentence}" for one in asked(content) if one.must]
    for address in pictures.missing(content):
        name = address.rpartition("/")[2].partition("-")[2]
        lacking.append(
            f"正文里的图片“{name}”不在这一稿的文件里，公众会看到空白。请重新插入，或从正文删去。"
        )
    return lacking
