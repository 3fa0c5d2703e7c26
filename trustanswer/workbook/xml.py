"""XML of a package, parsed without trust in where it came from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from trustanswer.errors import WorkbookError
from trustanswer.limits import Limits

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"

# What can stand before a document type: white space, a declaration, comments.
_DOCUMENT_TYPE = re.compile(rb"\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*+<!DOCTYPE", re.DOTALL)
# Encodings in which every tag is the bytes it seems to be.
_PLAIN = re.compile(r"utf-?8|utf-?16(?:[lb]e)?|(?:us-)?ascii|iso-8859-\d+|latin-?1|windows-125\d")
_EBCDIC = b"\x4c\x6f\xa7\x94"
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def check(data: bytes, part: str, limits: Limits) -> None:
    """Refuses XML that must not reach a parser; other data is let through.

    WorkbookError for a document type (without one there are no entities to resolve or expand) and
    for an encoding that hides what it holds; LimitError for more markup than a parser should build
    a tree of. How deep elements nest and how long one text is, libxml2 limits itself (256 levels,
    10 MB).
    """
    start = data.removeprefix(b"\xef\xbb\xbf")[:256].lstrip(b"\0 \t\r\n\xfe\xff")
    if not start.startswith((b"<", _EBCDIC)):
        return
    plain = data.replace(b"\0", b"") if b"\0" in data[:8] else data  # UTF-16, and UTF-32
    plain = plain.lstrip(b"\xef\xbb\xbf\xfe\xff")
    declared = _DECLARED.match(plain)
    named = declared[1].decode().lower() if declared else "utf-8"
    if start.startswith(_EBCDIC) or not _PLAIN.fullmatch(named):
        raise WorkbookError(f"{part} is in an encoding no workbook has; save the workbook again")
    if _DOCUMENT_TYPE.match(plain):
        raise _declares_a_type(part)
    limits.check("markup", plain.count(b"<") + plain.count(b"="))


def _declares_a_type(part: str) -> WorkbookError:
    return WorkbookError(f"the workbook declares a document type ({part}); it is not opened")


def parse(data: bytes, part: str) -> etree._Element:
    """The root of a part. WorkbookError if it is no well-formed XML, or declares a document type:
    an Office file never does, an attack by entities must.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise _damaged(part) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _declares_a_type(part)
    return root


def elements(data: bytes, part: str, name: str) -> Iterator[etree._Element]:
    """The spreadsheet elements of this name, one after the other; last the root, without them.

    For parts that are too large to stand in memory as a whole. An element is gone once the next
    is asked for.
    """
    tags = [f"{{{namespace}}}{name}" for namespace in (MAIN, STRICT_MAIN)]
    walk = etree.iterparse(
        BytesIO(data), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in walk:
            yield element
            parent = element.getparent()
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        raise _damaged(part) from None
    root = walk.root
    for last in list(root.iter(*tags)):
        parent = last.getparent()
        if parent is not None:
            parent.remove(last)
    yield root


def _damaged(part: str) -> WorkbookError:
    return WorkbookError(
        f"the workbook is damaged ({part} is no valid XML); "
        "open it in a spreadsheet program, save it again and try once more"
    )


def local(element: etree._Element) -> str:
    """Tag without its namespace; empty for comments and processing instructions."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def number(element: etree._Element | None, name: str, default: float) -> float:
    """A numeric attribute; the default where it is missing, or no finite number."""
    try:
        found = float(element.get(name, default)) if element is not None else default
    except ValueError:
        return default
    return found if math.isfinite(found) else default


def to_utf8(data: bytes, part: str) -> tuple[bytes, str]:
    """The same XML in UTF-8 and the encoding it came in, for those who edit bytes in place.

    WorkbookError if the way back (`from_utf8`) would not give the same bytes.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
        if encoding == "utf-8":
            return data, encoding
        if text.encode(encoding) == data:
            return text.encode("utf-8"), encoding
    except (UnicodeDecodeError, UnicodeEncodeError, LookupError):
        pass
    raise WorkbookError(f"{part} is in an encoding that cannot be edited; save the workbook again")


def from_utf8(data: bytes, encoding: str) -> bytes:
    return data if encoding == "utf-8" else data.decode("utf-8").encode(encoding)


def _encoding(data: bytes) -> str:
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return encoding
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode().lower() if declared else "utf-8"
    return "utf-8" if name in ("utf-8", "utf8", "us-ascii", "ascii") else name
