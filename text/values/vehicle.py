"""Numbers of a vehicle: VIN, registration plate, certificate (СТС), passport (ПТС) and electronic passport (ЭПТС).

VIN: ISO 3779, 17 of 0–9 and A–Z without I, O, Q; the check digit (place 9) binds only North American and Chinese
makers, so a wrong one is no error. Plates: GOST R 50577, twelve letters common to both alphabets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from text.look_alikes import to_cyrillic
from text.normalise import fold

Kind = Literal["vin", "plate", "sts", "pts", "epts"]
Check = Literal["passed", "failed", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class VehicleValue:
    """text[start:end] is a number of `kind`; `value` in one alphabet (VIN Latin, the others Cyrillic), no spaces.

    `check` of a VIN: passed by the check digit, none when the digit is not binding, failed when a labelled VIN has
    not 17 valid characters. `repaired`: a character was taken for its look-alike of another kind (O for 0).
    """

    kind: Kind
    start: int
    end: int
    value: str
    check: Check
    repaired: bool
    labelled: bool


_TO_VIN = str.maketrans(
    "АВСЕНКМОРТХУавсенкморхуЗзБбЧчOoQqIilЯІі|",
    "ABCEHKM0PTXYABCEHKM0PXY3366440000111R111",
)
_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)), "P": 7, "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}  # fmt: skip
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_CHARS = r"0-9A-Za-zАВСЕНКМОРТХУавсенкмортхуЗзБбЧчЯІі|"
_VIN = re.compile(rf"(?<![{_VIN_CHARS}])[{_VIN_CHARS}]{{17}}(?![{_VIN_CHARS}])")
_VIN_LABEL = re.compile(
    r"(?:vin|v1n|vln|вин|уin|идентификационный номер|идентиф\.? ?(?:номер|№))(?:[\s:№()|]|\(?vin\)?|тс|код)*",
    re.IGNORECASE,
)
_VIN_SPLIT = re.compile(rf"[{_VIN_CHARS}]{{2,17}}(?: [{_VIN_CHARS}]{{1,15}}){{0,3}}")

_PLATE_LETTERS = "АВЕКМНОРСТУХABEKMHOPCTYXавекмнорстухabekmhopctyx"
_LETTER = rf"[{_PLATE_LETTERS}0]"
_DIGIT = r"[0-9ООOоoЗзБб]"
_REGION = r"[127]?[0-9ОO]{2}|[379]\d{2}"
_PLATE = re.compile(
    rf"(?<![0-9A-Za-zА-Яа-яЁё])(?P<a>{_LETTER})\s?(?P<n>{_DIGIT}{{3}})\s?(?P<bc>{_LETTER}\s?{_LETTER})[\s|/]?\s?"
    rf"(?P<region>{_REGION})(?:\s?(?:rus|рус))?(?![0-9A-Za-zА-Яа-яЁё])",
    re.IGNORECASE,
)
_TAXI = re.compile(
    rf"(?<![0-9A-Za-zА-Яа-яЁё])(?<!\d )(?P<a>[{_PLATE_LETTERS}]{{2}})\s?(?P<n>\d{{3,4}})\s?(?P<region>1?\d\d|7\d\d)"
    r"(?:\s?rus)?(?![0-9A-Za-zА-Яа-яЁё\-/])"
)
_TO_PLATE_DIGIT = str.maketrans("ОOоoЗзБб", "00003366")
_CERTIFICATE = re.compile(r"(?<![\dА-Яа-яA-Za-z])(\d\d)\s?([\dА-ЯA-Z]{2})\s?(?:№|N|n|номер)?\s{0,2}(\d{6})(?!\d)")
_STS_LABEL = re.compile(r"стс|свидетельств[а-я]* о рег|свид\S{0,12} о рег|регистрации (?:тс|транспорт)|с\.?р\.?т\.?с")
_PTS_LABEL = re.compile(r"(?<!э)птс|паспорт[а-я]* (?:тс|транспортн[а-я]* средств[а-я]*|технич)|паспорт самоходн")
_PTS_PAPER = re.compile(r"паспорт транспортного средства|паспорт тс")
_STS_PAPER = re.compile(r"свидетельство о регистрации (?:тс|транспортного средства)|электронное стс")
_EPTS = re.compile(r"(?<!\d)(?:1[0-9]4[0-9])\d{11}(?!\d)")
_EPTS_LABELLED = re.compile(
    r"(?:э ?птс|паспорт[а-я]* тс|электронн[а-я]* паспорт[а-я]*|птс)[^\d\n]{0,40}?(\d{15})(?!\d)"
)
_LABEL_DISTANCE = 60


def vin_check_digit_agrees(vin: str) -> bool:
    """The North American check digit of 17 valid characters (ISO 3779 annex, 49 CFR 565)."""
    total = sum(_VIN_VALUES[char] * weight for char, weight in zip(vin, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11] == vin[8]


def _vin_of(raw: str) -> str | None:
    value = raw.replace(" ", "").translate(_TO_VIN).upper().translate(_TO_VIN)
    if len(value) != 17 or any(char not in _VIN_VALUES for char in value):
        return None
    digits = sum(char.isdigit() for char in value)
    # every maker numbers its cars in the last places; words and hashes do not look so
    if digits < 5 or digits == 17 or not value[13:].isdigit():
        return None
    return value


def _vins(text: str) -> list[VehicleValue]:
    found: list[VehicleValue] = []
    spans: list[tuple[int, int]] = []
    for label in _VIN_LABEL.finditer(text):
        match = _VIN_SPLIT.match(text, label.end())
        if match is None:
            continue
        pieces = match.group().split(" ")
        for count in range(1, len(pieces) + 1):
            raw = " ".join(pieces[:count])
            value = _vin_of(raw)
            if value is not None:
                break
        else:
            raw, value = pieces[0], None
        start, end = match.start(), match.start() + len(raw)
        if value is None:
            if not 15 <= len(raw) <= 19 or sum(char.isdigit() for char in raw) < 5:
                continue
            misread = raw.translate(_TO_VIN).upper()
            item = VehicleValue(
                kind="vin", start=start, end=end, value=misread, check="failed", repaired=True, labelled=True
            )
        else:
            item = _vin_value(text, start, end, value, labelled=True)
        found.append(item)
        spans.append((start, end))
    for match in _VIN.finditer(text):
        if any(match.start() < end and match.end() > start for start, end in spans):
            continue
        value = _vin_of(match.group())
        if value is not None:
            found.append(_vin_value(text, *match.span(), value, labelled=False))
    return found


def _vin_value(text: str, start: int, end: int, value: str, *, labelled: bool) -> VehicleValue:
    raw = text[start:end].replace(" ", "")
    changed = any(a.isdigit() != b.isdigit() for a, b in zip(raw, value, strict=True))
    return VehicleValue(
        kind="vin", start=start, end=end, value=value, labelled=labelled, repaired=changed,
        check="passed" if vin_check_digit_agrees(value) else "none",
    )  # fmt: skip


def _plates(text: str) -> list[VehicleValue]:
    found = []
    for match in _PLATE.finditer(text):
        letters = to_cyrillic(re.sub(r"\s", "", match["a"] + match["bc"]).upper().replace("0", "О"))
        digits = match["n"].translate(_TO_PLATE_DIGIT)
        region = match["region"].translate(_TO_PLATE_DIGIT)
        if digits == "000" or not digits.isdigit() or int(region) == 0:
            continue
        raw = re.sub(r"\s", "", match["a"] + match["n"] + match["bc"])
        repaired = "0" in match["a"] + match["bc"] or not match["n"].isdigit() or not match["region"].isdigit()
        if repaired and (" " in match.group() or not re.search(r"[A-ZА-Я]", raw)):
            continue
        found.append(
            VehicleValue(
                kind="plate",
                start=match.start(),
                end=match.end(),
                value=letters[0] + digits + letters[1:] + region,
                check="none",
                repaired=repaired,
                labelled=False,
            )
        )
    for match in _TAXI.finditer(text):
        if any(match.start() < item.end and match.end() > item.start for item in found):
            continue
        value = to_cyrillic(match["a"].upper()) + match["n"] + match["region"]
        found.append(
            VehicleValue(
                kind="plate",
                start=match.start(),
                end=match.end(),
                value=value,
                check="none",
                repaired=False,
                labelled=False,
            )
        )
    return found


def _papers(text: str) -> list[VehicleValue]:
    folded = fold(text)
    found = []
    for match in _EPTS_LABELLED.finditer(folded):
        found.append(
            VehicleValue(
                kind="epts",
                start=match.start(1),
                end=match.end(1),
                value=match[1],
                check="none",
                repaired=False,
                labelled=True,
            )
        )
    for match in _EPTS.finditer(text):
        if not any(match.start() == item.start for item in found):
            found.append(
                VehicleValue(
                    kind="epts",
                    start=match.start(),
                    end=match.end(),
                    value=match.group(),
                    check="none",
                    repaired=False,
                    labelled=False,
                )
            )
    for match in _CERTIFICATE.finditer(text):
        before = folded[max(0, match.start() - _LABEL_DISTANCE) : match.start()]
        line = folded[folded.rfind("\n", 0, match.start()) + 1 : match.start()]
        pts = [label.end() for label in _PTS_LABEL.finditer(before)]
        sts = [label.end() for label in _STS_LABEL.finditer(before)]
        if match.end() < len(folded) and not pts and _PTS_LABEL.match(folded[match.end() :].lstrip()):
            pts = [len(before)]  # the number stands above its title
        on_line = bool(_PTS_LABEL.search(line)) or bool(pts and pts[-1] == len(before))
        kind: Kind = "pts" if on_line or (pts and not sts and _PTS_PAPER.search(folded)) else "sts"
        if not on_line and not sts and _STS_PAPER.search(folded):
            sts = [len(before)]
        series = to_cyrillic(match[2].upper())
        letters = not series.isdigit()
        if not pts and not sts and not letters:
            continue
        if letters and not re.fullmatch(r"[А-Я]{2}", series):
            continue
        if not pts and not sts and not set(series) <= set("АВЕКМНОРСТУХ"):
            continue
        found.append(
            VehicleValue(
                kind=kind,
                start=match.start(),
                end=match.end(),
                value=match[1] + series + match[3],
                check="none",
                repaired=False,
                labelled=bool(pts or sts),
            )
        )
    return found


def find_vehicle_numbers(text: str) -> list[VehicleValue]:
    """Every VIN, plate, СТС, ПТС and ЭПТС number of `text`, in order of their places."""
    vins = _vins(text)
    rest = [
        item
        for item in (*_plates(text), *_papers(text))
        if all(item.end <= vin.start or item.start >= vin.end for vin in vins)
    ]
    return sorted([*vins, *rest], key=lambda item: item.start)
