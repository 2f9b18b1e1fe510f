"""Square codes that a phone reads from a screen or from paper."""

import qrcode

# What a reader needs around a code. Source: ISO/IEC 18004, quiet zone.
QUIET = 4


def qr_path(text: str) -> tuple[int, str]:
    """Return the side of a code and the path of its dark squares, for an SVG of that many units."""
    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
