"""A zip archive written anew with some entries replaced, the others carried byte for byte.

Layout of the records: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.12 (central directory),
4.3.16 (its end). What an unchanged entry has (compressed bytes, time, flags, extra fields, data
descriptor) is copied, not rebuilt; a replaced one keeps all that does not follow from its content.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from trustanswer.errors import WorkbookError

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DEFLATED = 8
_DESCRIPTOR_FOLLOWS = 0x8
_ZIP64 = 1
_LARGEST = 0xFFFFFFFE


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: its fields in the central directory, and its place among the local ones."""

    name: str
    raw_name: bytes
    head: tuple[int, ...]  # version made by .. external attributes, as in the central directory
    extra: bytes
    comment: bytes
    crc: int
    packed: int
    unpacked: int
    start: int
    end: int  # where the next entry or the directory begins: data descriptor and padding inside


def rewritten(
    data: bytes,
    archive: zipfile.ZipFile,
    changed: Mapping[str, bytes],
    added: Mapping[str, bytes],
    dropped: Collection[str] = (),
) -> bytes:
    """The archive `data` (open as `archive`) with parts replaced, appended and left out."""
    entries = _entries(data, archive)
    pieces = [data[: min(entry.start for entry in entries)]]
    place = len(pieces[0])
    done: dict[str, _Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.start):
        if entry.name in dropped:
            continue
        written, piece = entry, data[entry.start : entry.end]
        if entry.name in changed:
            written, piece = _replaced(entry, data, changed[entry.name])
        done[entry.name] = replace(written, start=place)
        pieces.append(piece)
        place += len(piece)
    order = [done[entry.name] for entry in entries if entry.name in done]
    for name, content in added.items():
        written, piece = _appended(entries[0], name, content)
        order.append(replace(written, start=place))
        pieces.append(piece)
        place += len(piece)
    return b"".join(pieces) + _directory(order, place, archive.comment)


def _entries(data: bytes, archive: zipfile.ZipFile) -> list[_Entry]:
    infos = archive.infolist()
    starts = sorted(info.header_offset for info in infos)
    ends = dict(pairwise([*starts, archive.start_dir]))
    place = archive.start_dir
    entries = []
    for info in infos:
        fields = _CENTRAL.unpack_from(data, place)
        names, extras, comments = fields[10:13]
        name_at = place + _CENTRAL.size
        extra_at = name_at + names
        place = extra_at + extras + comments
        entry = _Entry(
            name=info.filename,
            raw_name=data[name_at:extra_at],
            head=(*fields[1:7], *fields[13:16]),
            extra=_without_zip64(data[extra_at : extra_at + extras]),
            comment=data[extra_at + extras : place],
            crc=info.CRC,
            packed=info.compress_size,
            unpacked=info.file_size,
            start=info.header_offset,
            end=ends[info.header_offset],
        )
        _check_place(entry, data)
        entries.append(entry)
    return entries


def _check_place(entry: _Entry, data: bytes) -> None:
    """Entries that overlap, or stand where no header is, are an attack or damage."""
    header = data[entry.start : entry.start + _LOCAL.size]
    if header.startswith(b"PK\x03\x04") and len(header) == _LOCAL.size:
        _, content_at = _local_places(entry, data)
        if content_at + entry.packed <= entry.end:
            return
    raise WorkbookError(f"the workbook is damaged ({entry.name}); ask for the file again")


def _local_places(entry: _Entry, data: bytes) -> tuple[int, int]:
    """Where the extra fields of an entry's local header begin, and where its content does."""
    names, extras = struct.unpack_from("<2H", data, entry.start + _LOCAL.size - 4)
    extra_at = entry.start + _LOCAL.size + names
    return extra_at, extra_at + extras


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields but the 64-bit sizes: what is written here always fits into 32 bits."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, place)
        if kind != _ZIP64:
            kept += extra[place : place + 4 + size]
        place += 4 + size
    return kept + extra[place:]


def _replaced(entry: _Entry, data: bytes, content: bytes) -> tuple[_Entry, bytes]:
    """The entry with other content: same name, time and method."""
    extra_at, content_at = _local_places(entry, data)
    extra = _without_zip64(data[extra_at:content_at])
    made_by, version, flags, method, *rest = entry.head
    head = (made_by, version, flags & ~_DESCRIPTOR_FOLLOWS, method, *rest)
    packed = _packed(content, method)
    written = replace(
        entry, head=head, crc=zlib.crc32(content), packed=len(packed), unpacked=len(content)
    )
    return written, _local_header(written, extra) + packed


def _appended(model: _Entry, name: str, content: bytes) -> tuple[_Entry, bytes]:
    """A new entry, dated as the first of the archive: no clock, so the same input, same bytes."""
    made_by, version, _, _, time, date, *rest = model.head
    packed = _packed(content, _DEFLATED)
    entry = _Entry(
        name=name,
        raw_name=name.encode(),
        head=(made_by, max(version, 20), 0, _DEFLATED, time, date, *rest),
        extra=b"",
        comment=b"",
        crc=zlib.crc32(content),
        packed=len(packed),
        unpacked=len(content),
        start=0,
        end=0,
    )
    return entry, _local_header(entry, b"") + packed


def _packed(content: bytes, method: int) -> bytes:
    if method != _DEFLATED:
        return content
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _local_header(entry: _Entry, extra: bytes) -> bytes:
    _, version, flags, method, time, date, *_ = entry.head
    sizes = (entry.crc, entry.packed, entry.unpacked, len(entry.raw_name), len(extra))
    head = _LOCAL.pack(b"PK\x03\x04", version, flags, method, time, date, *sizes)
    return head + entry.raw_name + extra


def _directory(entries: list[_Entry], place: int, comment: bytes) -> bytes:
    records = b"".join(_central_header(entry) for entry in entries)
    count = len(entries)
    if place + len(records) > _LARGEST:
        raise WorkbookError("the workbook is larger than 4 GB; remove what is no question from it")
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(records), place, len(comment))
    return records + end + comment


def _central_header(entry: _Entry) -> bytes:
    *head, disk, internal, external = entry.head
    sizes = (entry.crc, entry.packed, entry.unpacked)
    lengths = (len(entry.raw_name), len(entry.extra), len(entry.comment))
    fields = (*head, *sizes, *lengths, disk, internal, external, entry.start)
    return _CENTRAL.pack(b"PK\x01\x02", *fields) + entry.raw_name + entry.extra + entry.comment
