"""What stands on a tile of the basemap? Lines, areas and names, read from the archive without any library, for a picture that we draw ourselves.

Sources: PMTiles version 3, Mapbox Vector Tile 2.1.
"""

from __future__ import annotations

import gzip
import struct
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from recoupe.errors import KnowledgeError

LAST_ZOOM = 7  # of the archive
_HEAD = 127
_GZIP = 2
_DEPTH = 4  # of directories

Point = tuple[int, int]


class Feature(Struct, frozen=True):
    """A thing on a tile: its layer, its properties, and its lines in units of the tile (`extent` to a side); of a point, one line of one."""

    layer: str
    properties: dict[str, str | float]
    lines: tuple[tuple[Point, ...], ...]
    extent: int


class _Entry(Struct, frozen=True):
    tile: int
    offset: int
    length: int
    run: int


class TileArchive:
    """An archive of tiles; what was read of it is kept as long as it is. Raises KnowledgeError where the file is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD)
        except OSError as error:
            raise KnowledgeError(f"can't read the basemap {path}: {error}; run `recoupe basemap build`") from error
        if len(head) < _HEAD or head[:8] != b"PMTiles\x03":
            raise KnowledgeError(f"{path} is no PMTiles archive of version 3: run `recoupe basemap build`")
        self._root = struct.unpack_from("<QQ", head, 8)
        self._leaves, self._tiles = struct.unpack_from("<Q", head, 40)[0], struct.unpack_from("<Q", head, 56)[0]
        self._packed, self._packed_tiles = head[97] == _GZIP, head[98] == _GZIP
        self._directories: dict[int, list[_Entry]] = {}
        self._known: dict[int, tuple[Feature, ...]] = {}

    def features(self, zoom: int, x: int, y: int) -> tuple[Feature, ...]:
        """What stands on a tile; nothing where there is none. Raises KnowledgeError where the archive is damaged."""
        number = tile_number(zoom, x, y)
        try:
            if number not in self._known:
                content = self._tile(number)
                self._known[number] = tuple(_features(content)) if content else ()
            return self._known[number]
        except (OSError, EOFError, IndexError, struct.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
            raise KnowledgeError(f"the basemap {self._path} is damaged ({error}): run `recoupe basemap build`") from error

    def _tile(self, number: int) -> bytes | None:
        offset, length = self._root
        for _ in range(_DEPTH):
            if offset not in self._directories:
                self._directories[offset] = _directory(self._read(offset, length, packed=self._packed))
            entries = self._directories[offset]
            at = bisect_right(entries, number, key=lambda entry: entry.tile) - 1
            if at < 0:
                return None
            found = entries[at]
            if found.run:
                inside = number < found.tile + found.run
                return self._read(self._tiles + found.offset, found.length, packed=self._packed_tiles) if inside else None
            offset, length = self._leaves + found.offset, found.length
        return None

    def _read(self, offset: int, length: int, *, packed: bool) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            content = file.read(length)
        return gzip.decompress(content) if packed else content


def tile_number(zoom: int, x: int, y: int) -> int:
    """The number of a tile: along a Hilbert curve, after all tiles of lower zooms.

    >>> [tile_number(1, x, y) for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))]
    [1, 2, 3, 4]
    """
    number, side = ((1 << 2 * zoom) - 1) // 3, 1 << zoom >> 1
    while side:
        right, down = int(x & side > 0), int(y & side > 0)
        number += side * side * (3 * right ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    return number


def _directory(content: bytes) -> list[_Entry]:
    numbers = _varints(content)
    many = next(numbers)
    tiles, tile = [], 0
    for _ in range(many):
        tile += next(numbers)
        tiles.append(tile)
    runs = [next(numbers) for _ in range(many)]
    lengths = [next(numbers) for _ in range(many)]
    offsets: list[int] = []
    for at in range(many):
        given = next(numbers)
        offsets.append(given - 1 if given else offsets[-1] + lengths[at - 1])
    return [_Entry(*each) for each in zip(tiles, offsets, lengths, runs, strict=True)]


def _varints(content: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


# ------------------------------------------------------------------------------------------------------------ protocol buffers


def _fields(content: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The numbered fields of a message."""
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        kind = tag & 7
        value: int | bytes
        if kind == 0:
            value, at = _varint(content, at)
        elif kind == 2:
            length, at = _varint(content, at)
            value, at = content[at : at + length], at + length
        else:
            length = 8 if kind == 1 else 4
            value, at = content[at : at + length], at + length
        yield tag >> 3, value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _features(content: bytes) -> Iterator[Feature]:
    for number, layer in _fields(content):
        if number == 3 and isinstance(layer, bytes):
            yield from _of_layer(layer)


def _of_layer(content: bytes) -> Iterator[Feature]:
    name, extent = "", 4096
    keys: list[str] = []
    values: list[str | float] = []
    features: list[bytes] = []
    for number, value in _fields(content):
        match number, value:
            case 1, bytes():
                name = value.decode()
            case 2, bytes():
                features.append(value)
            case 3, bytes():
                keys.append(value.decode())
            case 4, bytes():
                values.append(_value(value))
            case 5, int():
                extent = value
    for feature in features:
        fields = {number: value for number, value in _fields(feature) if isinstance(value, bytes)}
        tags = list(_varints(fields.get(2, b"")))
        properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
        yield Feature(name, properties, tuple(_lines(list(_varints(fields.get(4, b""))))), extent)


def _value(content: bytes) -> str | float:
    for number, value in _fields(content):
        if isinstance(value, bytes):
            return value.decode() if number == 1 else struct.unpack("<f" if number == 2 else "<d", value)[0]
        return _signed(value) if number == 6 else value
    return ""


def _lines(commands: list[int]) -> Iterator[tuple[Point, ...]]:
    line: list[Point] = []
    x = y = at = 0
    while at < len(commands):
        command, many = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:
            line.append(line[0])
            continue
        for _ in range(many):
            if command == 1 and line:
                yield tuple(line)
                line = []
            x, y = x + _signed(commands[at]), y + _signed(commands[at + 1])
            line.append((x, y))
            at += 2
    if line:
        yield tuple(line)


def _signed(number: int) -> int:
    return number >> 1 ^ -(number & 1)
