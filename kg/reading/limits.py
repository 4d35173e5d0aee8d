"""Every limit on what is read, with its reason: what a plan never reaches, and what an ordinary laptop can carry.

A file beyond a limit is refused by name; the others are built. The longest decision known has 400 pages, 0.4 MB of text.
"""

from __future__ import annotations

MIB = 1024 * 1024

# --- one file -----------------------------------------------------------------------------------------------------
MAX_BYTES = 64 * MIB
"""Of a file with pictures: the largest scans of plans met have 40 MB."""
MAX_PDF_BYTES = 256 * MIB
"""Of a PDF given alone; a build reads no file above ``MAX_BYTES``."""
MAX_TEXT_BYTES = 16 * MIB
"""A hundred times the longest decision known; 50 MB would take 4 GB of memory and more."""
MAX_LINES = 3_000_000
"""A text of nothing but line ends is small in bytes and large in memory."""
JOB_SECONDS = 900.0
"""For all that is done with one file. Measured: 0.1 s a plan, 3 s a 400-page PDF, 5 s a scanned page by OCR; a hang has no end."""
JOB_MEMORY_BYTES = 6 * 1024**3
"""Of address space of the process that reads files (Linux): 16 MB of text take 1.5 GB, and shared libraries count, too."""
FILES_A_WORKER = 500
"""After so many files the process is started anew: libraries keep some memory of each."""

# --- PDF ----------------------------------------------------------------------------------------------------------
MAX_PAGES = 3000
"""Eight times the longest decision known; books of 10,000 pages are no plans."""
MAX_LETTERS = 30_000_000
"""A page has 3,000 letters; more than 10,000 a page is not meant to be read."""
MAX_ATTACHED = 20
"""Files in a PDF that are named; none is read."""
PDF_SECONDS = 120.0
"""Measured: 100 pages a second; 3,000 pages take 30 s."""
PDF_MEMORY_BYTES = 3 * 1024**3
"""Of the process that opens PDFs: PDFium maps the file and a page's pictures."""
PDF_FILES_A_WORKER = 200
"""PDFium keeps some memory of each file."""

# --- DOCX and other packages -----------------------------------------------------------------------------------------
MAX_ENTRIES = 10_000
"""Parts of a Word file: one a picture, twenty besides."""
MAX_PART_BYTES = 48 * MIB
"""Of one part unpacked: the XML of the longest decision has 9 MB."""
MAX_TOTAL_BYTES = 1024 * MIB
"""Of all parts as the archive states them; pictures are not unpacked."""
MAX_RATIO = 250
"""Of a part over 2 MB to its packed size; a table of a thousand equal rows packs to 1:60, a bomb to 1:1000."""
SMALL_PART_BYTES = 2 * MIB
"""Below it no ratio is looked at: blank templates pack to any."""
MAX_XML_TAGS = 6_000_000
"""lxml takes 200 bytes a tag: a gigabyte."""

MAX_SHEETS = 200
"""Of a workbook; a province's annexes of a year have a dozen."""

# --- web pages --------------------------------------------------------------------------------------------------------
MAX_HTML_TAGS = 1_000_000
"""The longest plan saved by Word as a page has 80,000."""
MAX_NESTED_TABLES = 40
"""Saved pages nest tables a dozen deep; the limit keeps recursion over them short."""

# --- archives and folders ---------------------------------------------------------------------------------------------
MAX_ARCHIVE_BYTES = 2048 * MIB
"""Of an archive of documents on disk."""
MAX_ARCHIVE_FILES = 20_000
"""A province's plans of ten years are some thousands."""
MAX_ARCHIVE_TOTAL_BYTES = 8192 * MIB
"""Of its files unpacked, as stated; each is unpacked alone, in memory, up to ``MAX_BYTES``."""
MAX_ARCHIVE_RATIO = 250
"""Of a file over 2 MB in it to its packed size: text packs to 1:10, a bomb to 1:1000."""
MAX_ARCHIVE_DEPTH = 2
"""An archive, and archives in it; none below."""

# --- LibreOffice ------------------------------------------------------------------------------------------------------
OFFICE_SECONDS = 120.0
"""Measured: 2 to 6 s a file, 15 s at the first start on a slow disk."""
OFFICE_MEMORY_BYTES = 4 * 1024**3
"""Of LibreOffice's address space."""
OFFICE_OUTPUT_BYTES = 64 * MIB
"""Of what it gives back."""

# --- messages ---------------------------------------------------------------------------------------------------------
MAX_MIME_PARTS = 5_000
"""Of a saved page: one a picture; portals' pages have some hundreds."""
