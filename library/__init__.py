"""The decisions we keep: import, anonymisation, anatomy, search over them, outcome statistics.

from library.service import open_to_read, open_to_write
"""
