from __future__ import annotations

import tarfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from ocr_samples import LETTER, letter_pdf, printed, scan_pdf

from ocr.document import Box, Quad, Word
from ocr.formats import pdf
from ocr.formats.pdf_words import layer_text
from ocr.limits import Limits
from ocr.text_layer import LayerVerdict, judge_text_layer

BLANK = np.full((1754, 1240), 255, dtype=np.uint8)

PROSE = (
    "Прошу взыскать с акционерного общества неустойку за каждый день просрочки выплаты страхового возмещения "
    "в размере 120 500 рублей, а также расходы на независимую экспертизу по договору № ХХХ-0123456789 от 14.03.2026"
)
# The same sentence in fonts without a map to Unicode, as real files show it.
GLYPH_CODES = "Ijhrm \\aukdZlv k Zdpbhg_jgh]h h[s_kl\\Z g_mklhcdm aZ dZ`^uc ^_gv ijhkjhqdb \\uieZlu kljZoh\\h]h"
CP1251_AS_LATIN = PROSE.encode("cp1251").decode("latin-1")
LATIN_RUBBISH = "ijbdahf hjdgbapbhgguo jkihehgbc kemqac aykeme hlda rakdbo fjbgdm kemqghc hfrgbc iheghfhqbc"


def words_of(text: str) -> list[Word]:
    box = Box(0.1, 0.1, 0.2, 0.11)
    return [Word(text=piece, box=box, quad=Quad.of(box), confidence=1, line=0) for piece in text.split()]


def judge(text: str) -> LayerVerdict:
    return judge_text_layer(words_of(text), BLANK)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE.upper(),
        "Полис ОСАГО серия ХХХ № 0123456789 VIN XTA210990Y1234567 марка LADA Granta госномер А123ВС 35",
        "Сайт https://example.org/appeal?id=5&x=1, почта marina_k@example.org, тел. +7 900 000-00-00 " + PROSE,
        "14.03.2026 120 500,00 40817810000000000001 044525974",
        "Dear customer, the amount of your claim is not covered by the policy and we have to refuse the payment",
        "2",
        "Приложение № 1",
    ],
)
def test_sound_layers_are_taken(text: str) -> None:
    assert judge(text).cause == "sound"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "no_layer"),
        (GLYPH_CODES, "garbled_words"),
        (LATIN_RUBBISH, "latin_without_english"),
        (CP1251_AS_LATIN, "foreign_letters"),
        (PROSE.replace("а", "\ufffd"), "unmapped_characters"),
        (PROSE.replace("о", "\ue05f"), "unmapped_characters"),
        ("(cid:12)(cid:44) (cid:3)(cid:18)(cid:7) " + PROSE, "unmapped_characters"),
        (PROSE.replace("а", "a").replace("е", "e"), "garbled_words"),
        ("ПрОшУ ВзЫсКаТь НеУсТоЙкУ За КаЖдЫй ДеНь ПрОсРоЧкИ ВыПлАтЫ", "garbled_words"),
        ("вгджз клмнп рстфх цчшщ бвгджз зклмн прстф бвгдж клмнпр стфхц чшщбв гджзкл", "cyrillic_without_words"),
    ],
)
def test_unsound_layers_are_refused_with_the_cause(text: str, cause: str) -> None:
    verdict = judge(text)
    assert (verdict.use, verdict.cause) == ("ocr", cause)


def judged_page(data: bytes) -> LayerVerdict:
    with pdf.open_page(data, 1) as page:
        layer = layer_text(page)
        return judge_text_layer(layer.words, pdf.raster(page, Limits()).pixels)


def test_born_digital_page_is_covered_by_its_layer() -> None:
    assert judged_page(letter_pdf(lines=LETTER * 6)).use == "layer"


def test_a_digital_header_over_a_scanned_body_is_mixed_or_worthless() -> None:
    few: Sequence[str] = ("Вх. № 318-ФУ от 14 марта 2026 года, приём через личный кабинет потребителя",)
    body = printed(LETTER * 2)
    assert judged_page(scan_pdf(body, header=few[0])).cause == "print_outside_layer"
    assert judged_page(scan_pdf(printed(LETTER * 6), header="Вх. № 318")).cause == "layer_covers_little"


def test_a_small_stamp_beside_the_layer_changes_nothing() -> None:
    page = np.full((1754, 1240), 255, dtype=np.uint8)
    page[100:108, 100:106] = 0
    assert judge_text_layer(words_of(PROSE), page).use == "layer"


def test_public_scans(shared: Path) -> None:
    """Real files: four with a sound layer, two whose Cyrillic is stored as glyph codes."""
    archive = shared / "data/public/dedoc_ru_docs/docs.tar.gz"
    uses: dict[str, set[str]] = {}
    with tarfile.open(archive) as files:
        for member in files:
            name = member.name.rsplit("/", 1)[-1]
            if name in SOUND | BROKEN:
                stream = files.extractfile(member)
                assert stream is not None
                uses[name] = page_uses(stream.read())
    assert uses == {name: {"layer"} for name in SOUND} | {name: {"ocr"} for name in BROKEN}


SOUND = {"fstec_1_cut.pdf", "14_dev_direct.pdf", "VVP_6_tables.pdf", "cp1251.pdf"}
BROKEN = {"ukodeksrf.pdf", "fstek17.pdf"}


def page_uses(data: bytes) -> set[str]:
    uses: set[str] = set()
    for number in range(1, pdf.count_pages(data, Limits()) + 1):
        with pdf.open_page(data, number) as page:
            uses.add(judge_text_layer(layer_text(page).words, pdf.raster(page, Limits()).pixels).use)
    return uses
