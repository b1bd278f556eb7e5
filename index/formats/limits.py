"""How much of a file is read. Each limit is far above any plan and far below what would hurt."""

from __future__ import annotations

MIB = 1024 * 1024

# The longest plans with all their pictures take some 20 MB; more is a scan or no plan.
MAX_FILE_BYTES = 50 * MIB
# A plan's main text as XML takes 0.5 to 5 MB, and ten times that in memory; a bomb of a few kB
# unpacks to gigabytes.
MAX_MEMBER_BYTES = 32 * MIB
# Deflate makes repetitive XML some 20 to 60 times smaller; beyond this it is made to hurt. Small
# members may compress better without harm, so the ratio counts only above `RATIO_FREE_BYTES`.
MAX_RATIO = 300
RATIO_FREE_BYTES = 4 * MIB
# A docx has 10 to 30 members, and one for each picture.
MAX_MEMBERS = 5_000
# libxml2 itself refuses XML deeper than 256; tables in tables in text boxes reach some 60.
MAX_DEPTH = 200
# A five-year outline has some 150 pages, a yearbook 1,000.
MAX_PAGES = 1_500
# A plan has 5,000 to 150,000 characters; ten million would take the parser minutes.
MAX_CHARS = 10_000_000
# Word files a table of at most 63 columns; a browser's colspan ends at 1,000.
MAX_COLUMNS = 1_000
# A page of a PDF holds some 1,500 characters; a page of millions is a drawing.
MAX_PAGE_CHARS = 200_000
# Of a file name only so much is told in an error line.
NAME_CHARS = 100
