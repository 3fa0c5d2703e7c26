"""A folder of documents as one knowledge base, and what becomes of files that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trustanswer.errors import KnowledgeError
from trustanswer.knowledge import read_knowledge


def reasons(folder: Path) -> dict[str, str]:
    return {u.source: u.reason for u in read_knowledge(folder).unread}


def test_folders_are_read_whole_in_the_order_of_their_paths(write):
    folder = write(b_md="B.", a__z_md="AZ.", a__b__c_txt="ABC.", c_yml="- name: C\n  text: C.")
    sources = [s.source for s in read_knowledge(folder).statements]
    assert sources == ["a/b/c.txt", "a/z.md", "b.md", "c.yml"]


def test_a_single_file_is_named_by_its_own_name(write):
    folder = write(deep__page_md="We encrypt.")
    (statement,) = read_knowledge(folder / "deep" / "page.md").statements
    assert statement.source == "page.md"


def test_the_lock_of_an_open_document_is_no_document(write):
    folder = write(policy_md="We encrypt.")
    (folder / "~$policy.docx").write_bytes(b"\x04Ann" + b" " * 160)
    assert read_knowledge(folder).unread == ()


def test_hidden_files_and_folders_are_not_looked_at(write):
    folder = write(_hidden_md="No.", _git__page_md="No.", page_md="Yes.")
    knowledge = read_knowledge(folder)
    assert [s.text for s in knowledge.statements] == ["Yes."]
    assert knowledge.unread == ()


def test_every_file_that_is_not_read_is_named_with_the_reason(write):
    folder = write(
        good_md="We encrypt.",
        report_rtf=b"{\\rtf1}",
        binary_md=b"\x00\x01\x02",
        empty_md="",
        blank_txt=" \n\n\t",
        title_md="# Only a title\n",
        comment_md="<!-- nothing -->\n",
        noending="We encrypt.",
    )
    found = reasons(folder)
    assert "save it as text" in found["report.rtf"]
    assert "not text" in found["binary.md"]
    assert found["empty.md"] == found["blank.txt"] == "empty"
    assert "Only a title" in found["title.md"]
    assert "no text" in found["comment.md"]
    assert "save it as text" in found["noending"]


def test_a_renamed_pdf_is_not_taken_for_text(write):
    folder = write(good_md="We encrypt.", report_md=b"%PDF-1.7\n1 0 obj\n\x01\x02\xff\xfe stream")
    assert "not text" in reasons(folder)["report.md"]


def test_links_that_lead_to_folders_or_nowhere_are_reported_not_followed(write):
    folder = write(page_md="We encrypt.")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.md").symlink_to(folder / "nothing.md")
    assert set(reasons(folder)) == {"loop", "broken.md"}


def test_a_link_to_a_file_is_read(write):
    folder = write(page_md="We encrypt.")
    (folder / "again.md").symlink_to(folder / "page.md")
    assert len(read_knowledge(folder).statements) == 2


def test_a_pipe_is_reported_and_does_not_block(write):
    folder = write(page_md="We encrypt.")
    os.mkfifo(folder / "pipe.md")
    assert reasons(folder) == {"pipe.md": "not a regular file"}


def test_a_file_far_too_large_is_reported(write):
    folder = write(page_md="We encrypt.", large_txt=b"x " * 5_300_000)
    assert "larger than 10 MB" in reasons(folder)["large.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(write, encoding):
    folder = write(page_txt="Children’s data – café.".encode(encoding))
    (statement,) = read_knowledge(folder).statements
    assert statement.text == "Children’s data – café."


def test_equal_statements_are_kept_apart_by_their_ids(write):
    folder = write(a_md="## A\n\nSame.", b_md="## A\n\nSame.", c_md="## A\n\nSame.")
    ids = [s.id for s in read_knowledge(folder).statements]
    assert ids[1:] == [f"{ids[0]}-2", f"{ids[0]}-3"]


def test_ids_survive_when_documents_are_reordered(write):
    before = read_knowledge(write(page_md="## A\n\nOne.\n\n## B\n\nTwo.\n")).statements
    after = read_knowledge(write(page_md="## B\n\nTwo.\n\n\n## A\n\nOne.\n")).statements
    assert {s.id for s in before} == {s.id for s in after}


def test_what_cannot_be_used_at_all_is_one_clear_line(write, tmp_path):
    folder = write(empty__x_rtf=b"{rtf", page_docx=b"PK")
    (tmp_path / "none").mkdir()
    for path, words in {
        tmp_path / "missing": "no such file or folder",
        tmp_path / "none": "holds no documents",
        folder / "empty": "no statements found; x.rtf",
        folder / "page.docx": "no Word document",
    }.items():
        with pytest.raises(KnowledgeError) as error:
            read_knowledge(path)
        assert words in str(error.value)
        assert "\n" not in str(error.value)
        assert str(path) in str(error.value)
