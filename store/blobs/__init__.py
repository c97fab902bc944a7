"""Originals and other byte strings, kept by the SHA-256 of their content."""

from store.blobs.files import FileBlobs, digest_of

__all__ = ["FileBlobs", "digest_of"]
