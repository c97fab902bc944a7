"""Every coded error of classification: what is wrong with a text, a model or a set of examples, and what to do."""

from __future__ import annotations

from text.errors import CodedError


class TextError(CodedError):
    """Nothing can be said of this text; the others of the call are classified."""


class TextEmpty(TextError):
    code = "classify.text_empty"
    message_ru = "Текст пуст: классифицировать нечего."
    message_en = "The text is empty: there is nothing to classify."
    remedy_ru = "Передайте текст обращения; если это скан, проверьте, что страницы прочитаны."
    remedy_en = "Give the text of the appeal; if it is a scan, check that its pages were read."


class TextWithoutWords(TextError):
    code = "classify.text_without_words"
    message_ru = "В тексте нет ни одного слова, только числа или знаки."
    message_en = "The text has not a single word, only numbers or signs."
    remedy_ru = "Передайте текст обращения словами."
    remedy_en = "Give the text of the appeal in words."


class TextTooLong(TextError):
    code = "classify.text_too_long"
    message_ru = "Текст слишком длинный: {characters} знаков, допускается {limit}."
    message_en = "The text is too long: {characters} characters, the limit is {limit}."
    remedy_ru = "Передайте само обращение без приложений."
    remedy_en = "Give the appeal alone, without its attachments."


class ModelError(CodedError):
    """A model cannot be used."""


class ModelNotFound(ModelError):
    code = "classify.model_not_found"
    message_ru = "Нет модели «{model}»."
    message_en = "There is no model “{model}”."
    remedy_ru = "Посмотрите имена и версии: kazus model list."
    remedy_en = "See names and versions with: kazus model list."


class ModelDamaged(ModelError):
    code = "classify.model_damaged"
    message_ru = "Файл модели {file} повреждён или изменён: {problem}."
    message_en = "The model's file {file} is damaged or was changed: {problem}."
    remedy_ru = "Установите модель заново или обучите её: kazus model train."
    remedy_en = "Install the model again, or train it: kazus model train."


class EncoderMissing(ModelError):
    code = "classify.encoder_missing"
    message_ru = "Модели «{model}» нужен кодировщик предложений {encoder}, а его нет."
    message_en = "The model “{model}” needs the sentence encoder {encoder}, which is not there."
    remedy_ru = "Выполните kazus setup или возьмите модель без кодировщика: --model baseline."
    remedy_en = "Run kazus setup, or take the model that needs no encoder: --model baseline."


class EncoderDiffers(ModelError):
    code = "classify.encoder_differs"
    message_ru = "Модель «{model}» обучена с кодировщиком {expected}, а установлен {found}."
    message_en = "The model “{model}” was trained with the encoder {expected}, but {found} is installed."
    remedy_ru = "Выполните kazus setup или обучите модель заново: kazus model train."
    remedy_en = "Run kazus setup, or train the model again: kazus model train."


class ExamplesUnreadable(CodedError):
    code = "classify.examples_unreadable"
    message_ru = "Строка {line} файла примеров не читается: {problem}"
    message_en = "Line {line} of the examples cannot be read: {problem}"
    remedy_ru = "Каждая строка — объект JSON с ключами text, product, category и, если есть, categories и group."
    remedy_en = "Each line is a JSON object with text, product, category and, if known, categories and group."


class ExamplesTooFew(CodedError):
    code = "classify.examples_too_few"
    message_ru = "Примеров мало: у метки {label} их {found}, нужно не меньше {needed}."
    message_en = "Too few examples: the label {label} has {found}, at least {needed} are needed."
    remedy_ru = "Добавьте размеченные обращения с этой меткой."
    remedy_en = "Add labelled appeals with this label."


class LabelUnknown(CodedError):
    code = "classify.label_unknown"
    message_ru = "Метки {label} нет в таксономии."
    message_en = "The label {label} is not in the taxonomy."
    remedy_ru = "Исправьте разметку или дополните classify/taxonomy."
    remedy_en = "Correct the labelling or extend classify/taxonomy."
