"""Every coded error of reading: what went wrong with a file or a page, and what a person can do about it.

Two families: a `FileError` makes the whole document an error, a `PageError` only one of its pages; the rest of
the package is read in both cases.
"""

from __future__ import annotations

from text.errors import CodedError


class FileError(CodedError):
    """Nothing of this document can be read."""


class PageError(CodedError):
    """One page cannot be read; the other pages of its document can."""


class SetupError(CodedError):
    """The machine lacks something that reading needs."""


class FileMissing(FileError):
    code = "ocr.file_missing"
    message_ru = "Файл или папка не найдены."
    message_en = "The file or folder does not exist."
    remedy_ru = "Проверьте путь и повторите."
    remedy_en = "Check the path and try again."


class FileUnreadable(FileError):
    code = "ocr.file_unreadable"
    message_ru = "Файл не удалось прочитать с диска: {reason}."
    message_en = "The file could not be read from disk: {reason}."
    remedy_ru = "Проверьте права доступа и то, что это обычный файл, и повторите."
    remedy_en = "Check the permissions and that it is a regular file, then try again."


class FileTooLarge(FileError):
    code = "ocr.file_too_large"
    message_ru = "Файл слишком велик: {size_mb} МБ, допускается {limit_mb} МБ."
    message_en = "The file is too large: {size_mb} MB, the limit is {limit_mb} MB."
    remedy_ru = "Разделите файл на части или поднимите предел размера файла."
    remedy_en = "Split the file or raise the limit on file size."


class FileEmpty(FileError):
    code = "ocr.file_empty"
    message_ru = "Файл пуст: в нём нет ни одного байта."
    message_en = "The file is empty: it has no bytes."
    remedy_ru = "Попросите отправителя прислать файл ещё раз."
    remedy_en = "Ask the sender for the file again."


class FolderEmpty(FileError):
    code = "ocr.folder_empty"
    message_ru = "В папке нет файлов."
    message_en = "The folder has no files."
    remedy_ru = "Проверьте, ту ли папку вы указали."
    remedy_en = "Check that this is the folder you meant."


class UnknownType(FileError):
    code = "ocr.unknown_type"
    message_ru = "Тип файла не поддерживается ({kind})."
    message_en = "The file type is not supported ({kind})."
    remedy_ru = "Пришлите документ как PDF, JPEG, PNG, TIFF, TXT или ZIP с такими файлами."
    remedy_en = "Send the document as PDF, JPEG, PNG, TIFF, TXT or a ZIP of these."


class PdfEncrypted(FileError):
    code = "ocr.pdf_encrypted"
    message_ru = "PDF защищён паролем и не открывается."
    message_en = "The PDF is protected by a password and does not open."
    remedy_ru = "Попросите отправителя прислать файл без пароля."
    remedy_en = "Ask the sender for the file without a password."


class PdfTruncated(FileError):
    code = "ocr.pdf_truncated"
    message_ru = "PDF обрывается: конец файла отсутствует, часть страниц потеряна."
    message_en = "The PDF is cut off: its end is missing and with it a part of its pages."
    remedy_ru = "Попросите отправителя прислать файл ещё раз: он оборвался при передаче."
    remedy_en = "Ask the sender for the file again: it was cut off on its way."


class PdfBroken(FileError):
    code = "ocr.pdf_broken"
    message_ru = "PDF повреждён и не открывается."
    message_en = "The PDF is damaged and does not open."
    remedy_ru = "Попросите отправителя сохранить документ в PDF заново."
    remedy_en = "Ask the sender to save the document as PDF again."


class PdfWithoutPages(FileError):
    code = "ocr.pdf_without_pages"
    message_ru = "В PDF нет ни одной страницы."
    message_en = "The PDF has no pages."
    remedy_ru = "Попросите отправителя прислать документ ещё раз."
    remedy_en = "Ask the sender for the document again."


class TooManyPages(FileError):
    code = "ocr.too_many_pages"
    message_ru = "Слишком много страниц: {pages}, допускается {limit}."
    message_en = "Too many pages: {pages}, the limit is {limit}."
    remedy_ru = "Разделите документ на части или поднимите предел числа страниц."
    remedy_en = "Split the document or raise the limit on pages."


class ImageTruncated(FileError):
    code = "ocr.image_truncated"
    message_ru = "Изображение обрывается: часть картинки отсутствует."
    message_en = "The image is cut off: a part of the picture is missing."
    remedy_ru = "Попросите отправителя прислать файл ещё раз: он оборвался при передаче."
    remedy_en = "Ask the sender for the file again: it was cut off on its way."


class ImageBroken(FileError):
    code = "ocr.image_broken"
    message_ru = "Изображение повреждено и не открывается."
    message_en = "The image is damaged and does not open."
    remedy_ru = "Попросите отправителя отсканировать или сохранить документ заново."
    remedy_en = "Ask the sender to scan or save the document again."


class TooManyPixels(FileError):
    code = "ocr.too_many_pixels"
    message_ru = "Изображение слишком велико: {size_mp} млн точек, допускается {limit_mp} млн."
    message_en = "The image is too large: {size_mp} million pixels, the limit is {limit_mp} million."
    remedy_ru = "Отсканируйте документ с разрешением 300 точек на дюйм."
    remedy_en = "Scan the document at 300 dots per inch."


class ZipBroken(FileError):
    code = "ocr.zip_broken"
    message_ru = "Архив ZIP повреждён: его содержимое не извлекается."
    message_en = "The ZIP archive is damaged: its contents cannot be taken out."
    remedy_ru = "Попросите отправителя собрать и прислать архив ещё раз."
    remedy_en = "Ask the sender to make and send the archive again."


class ZipEmpty(FileError):
    code = "ocr.zip_empty"
    message_ru = "В архиве ZIP нет файлов."
    message_en = "The ZIP archive has no files."
    remedy_ru = "Попросите отправителя собрать и прислать архив ещё раз."
    remedy_en = "Ask the sender to make and send the archive again."


class ZipEncrypted(FileError):
    code = "ocr.zip_encrypted"
    message_ru = "Файл в архиве ZIP защищён паролем."
    message_en = "The file in the ZIP archive is protected by a password."
    remedy_ru = "Попросите отправителя прислать архив без пароля."
    remedy_en = "Ask the sender for the archive without a password."


class ZipBomb(FileError):
    code = "ocr.zip_bomb"
    message_ru = "Содержимое архива ZIP подозрительно велико ({size_mb} МБ) и не распаковано."
    message_en = "What the ZIP archive holds is suspiciously large ({size_mb} MB) and was not unpacked."
    remedy_ru = "Если архив настоящий, пришлите файлы без архива."
    remedy_en = "If the archive is genuine, send the files without it."


class ZipTooManyFiles(FileError):
    code = "ocr.zip_too_many_files"
    message_ru = "В архиве ZIP слишком много файлов: {files}, допускается {limit}."
    message_en = "The ZIP archive has too many files: {files}, the limit is {limit}."
    remedy_ru = "Разделите архив на несколько."
    remedy_en = "Split the archive into several."


class ZipNested(FileError):
    code = "ocr.zip_nested"
    message_ru = "Внутри архива лежит ещё один архив; вложенные архивы не раскрываются."
    message_en = "The archive holds another archive; nested archives are not opened."
    remedy_ru = "Пришлите вложенный архив отдельно или его файлы без архива."
    remedy_en = "Send the inner archive by itself, or its files without an archive."


class ZipPathTraversal(FileError):
    code = "ocr.zip_path_traversal"
    message_ru = "Имя файла в архиве ведёт за пределы архива; файл не прочитан."
    message_en = "The file's name in the archive leads out of the archive; the file was not read."
    remedy_ru = "Архив собран недобросовестно или неисправной программой: попросите прислать файлы без архива."
    remedy_en = "The archive was made in bad faith or by a faulty program: ask for the files without it."


class ZipMethodUnsupported(FileError):
    code = "ocr.zip_method_unsupported"
    message_ru = "Файл в архиве ZIP сжат неизвестным способом."
    message_en = "The file in the ZIP archive is compressed by an unknown method."
    remedy_ru = "Соберите архив обычным способом (deflate) или пришлите файлы без архива."
    remedy_en = "Make the archive by the usual method (deflate) or send the files without it."


class PageMissing(PageError):
    code = "ocr.page_missing"
    message_ru = "Страницы {number} в документе нет."
    message_en = "The document has no page {number}."
    remedy_ru = "Проверьте номера страниц."
    remedy_en = "Check the page numbers."


class PageBroken(PageError):
    code = "ocr.page_broken"
    message_ru = "Страница {number} повреждена и не открывается."
    message_en = "Page {number} is damaged and does not open."
    remedy_ru = "Попросите отправителя прислать эту страницу ещё раз."
    remedy_en = "Ask the sender for this page again."


class PageTimedOut(PageError):
    code = "ocr.page_timed_out"
    message_ru = "Страница {number} читалась дольше {seconds} с, чтение прервано."
    message_en = "Reading page {number} took longer than {seconds} s and was stopped."
    remedy_ru = "Прочитайте страницу глазами или поднимите предел времени на страницу."
    remedy_en = "Read the page by eye or raise the time limit a page."


class PageOutOfMemory(PageError):
    code = "ocr.page_out_of_memory"
    message_ru = "Для чтения страницы {number} не хватило памяти ({limit_mb} МБ)."
    message_en = "Reading page {number} ran out of memory ({limit_mb} MB)."
    remedy_ru = "Отсканируйте страницу с разрешением 300 точек на дюйм или поднимите предел памяти."
    remedy_en = "Scan the page at 300 dots per inch or raise the memory limit."


class PageWorkerCrashed(PageError):
    code = "ocr.page_worker_crashed"
    message_ru = "Процесс, читавший страницу {number}, аварийно завершился ({how})."
    message_en = "The process that read page {number} died ({how})."
    remedy_ru = "Прочитайте страницу глазами; если это повторяется, сообщите разработчикам."
    remedy_en = "Read the page by eye; if it happens again, tell the developers."


class RecipeUnknown(SetupError):
    code = "ocr.recipe_unknown"
    message_ru = "Рецепта подготовки страниц «{recipe}» нет."
    message_en = "There is no preprocessing recipe “{recipe}”."
    remedy_ru = "Выберите один из имеющихся: {known}."
    remedy_en = "Choose one of those there are: {known}."


class WorkersDoNotStart(SetupError):
    code = "ocr.workers_do_not_start"
    message_ru = "Процессы чтения страниц не запускаются ({how})."
    message_en = "The processes that read pages do not start ({how})."
    remedy_ru = "Проверьте установку командой kazus doctor и предел памяти на страницу."
    remedy_en = "Check the installation with kazus doctor, and the memory limit a page."


class EngineMissing(SetupError):
    code = "ocr.engine_missing"
    message_ru = "Программа распознавания Tesseract не найдена."
    message_en = "The recognition program Tesseract was not found."
    remedy_ru = "Установите её: apt-get install tesseract-ocr tesseract-ocr-rus (или kazus setup)."
    remedy_en = "Install it: apt-get install tesseract-ocr tesseract-ocr-rus (or kazus setup)."


class EngineFailed(PageError):
    code = "ocr.engine_failed"
    message_ru = "Программа распознавания завершилась с ошибкой: {reason}."
    message_en = "The recognition program failed: {reason}."
    remedy_ru = "Прочитайте страницу глазами; проверьте установку командой kazus doctor."
    remedy_en = "Read the page by eye; check the installation with kazus doctor."


class EngineTimedOut(PageError):
    code = "ocr.engine_timed_out"
    message_ru = "Программа распознавания не уложилась в {seconds} с и остановлена."
    message_en = "The recognition program did not finish in {seconds} s and was stopped."
    remedy_ru = "Прочитайте страницу глазами или поднимите предел времени на страницу."
    remedy_en = "Read the page by eye or raise the time limit a page."


class LanguageDataMissing(SetupError):
    code = "ocr.language_data_missing"
    message_ru = "Нет языковых данных Tesseract: {language}."
    message_en = "Tesseract's language data is missing: {language}."
    remedy_ru = "Установите пакет tesseract-ocr-{language} или укажите папку tessdata."
    remedy_en = "Install the package tesseract-ocr-{language} or name the tessdata directory."
