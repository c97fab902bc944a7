"""What an examination asks beside the papers: the classifier, and the library of past decisions.

Both are opened with the first text and only then; what hinders them is said once, and the examination goes on without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cases.service import Machinery
from kazus.settings import Settings
from text.errors import CodedError

if TYPE_CHECKING:
    from classify.classification import Classification
    from classify.classifier import Classifier
    from intake.package import Package
    from intake.registry import Registry
    from intake.report import Report
    from library.service import ReadingLibrary
    from search.hit import Hit

Remark = Callable[[str], None]


@contextmanager
def machinery(settings: Settings, *, similar: int, owns: bool, remark: Remark) -> Iterator[Machinery]:
    """The parts of `cases.service` for this data directory.

    `similar`: how many past decisions are shown, 0 = none; `owns`: the caller owns the data directory, so that an
    index that is behind may be brought up to date. Raises what `library.service.open_to_read` raises.
    """
    from kazus.assembly import library_parts
    from library.service import open_to_read

    def note(error: CodedError) -> None:
        remark(f"{error.message(settings.lang)} {error.remedy(settings.lang)}")

    with ExitStack() as until_closed:
        parts = library_parts(settings, note)
        library = until_closed.enter_context(open_to_read(settings.data_dir, parts=parts, caller_owns=owns))
        asked = _Asked(settings=settings, library=library, similar=similar, note=note, remark=remark)
        yield Machinery(examine=asked.examine, find_similar=asked.find_similar, version=asked.version())


@dataclass(kw_only=True)
class _Asked:
    settings: Settings
    library: ReadingLibrary
    similar: int
    note: Callable[[CodedError], None]
    remark: Remark

    def examine(self, package: Package, registry: Registry) -> Report:
        from intake import examination

        return examination.examine(package, registry, classify=self._classify)

    def _classify(self, text: str) -> Classification | None:
        from classify.errors import TextError

        if self._classifier is None:
            return None
        try:
            return self._classifier.classify([text])[0]
        except TextError:  # an appeal of which too little could be read: nothing can be said of it
            return None

    @cached_property
    def _classifier(self) -> Classifier | None:
        from kazus.assembly import open_classifier

        try:
            return open_classifier(self.settings, None, self.remark)
        except CodedError as error:
            self.note(error)
            return None

    def find_similar(self, text: str) -> tuple[Hit, ...] | None:
        from search.errors import QueryError

        if not self.similar:
            return None
        try:
            return self.library.most_similar(text, top=self.similar)
        except QueryError:  # as above: there is nothing to compare
            return ()
        except CodedError as error:
            self.note(error)
            return None

    def version(self) -> str:
        """Another when another classifier, encoder or library would answer, or another number of decisions is asked."""
        from classify.artefact import read_manifest as classifier_manifest
        from kazus.assembly import encoder_folder, shipped_classifiers
        from text.encoder.manifest import read_manifest as encoder_manifest

        models = [f"{name}@{classifier_manifest(path).version}" for name, path in shipped_classifiers().items()]
        try:
            encoder = encoder_manifest(encoder_folder(self.settings)).identity.version
        except CodedError:
            encoder = "no encoder"
        return " ".join([*models, encoder, self.library.version(), f"similar {self.similar}"])
