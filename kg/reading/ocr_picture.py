"""A picture file (PNG, JPEG, TIFF) → a PDF of its pages, so that there is one way of reading scans."""

from __future__ import annotations

import base64
import io
import warnings
from typing import Any

MAX_PIXELS = 100_000_000
MAX_FRAMES = 3000
_A4_INCHES = 8.27
_QUALITY = 92


def bind_picture(data: bytes) -> dict[str, Any]:
    """Bind the frames of a picture as a PDF.

    A picture that does not tell its resolution, or tells that of a screen, is taken for a page as wide as A4. How a
    camera was held (EXIF) is heeded.

    Gives: {"pdf": base64}, or {"error": "picture", "found": why}.
    """
    from PIL import Image, ImageOps, ImageSequence

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    pages: list[Image.Image] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
                for frame in ImageSequence.Iterator(picture):
                    pages.append(_flat(ImageOps.exif_transpose(frame)))
                    if len(pages) > MAX_FRAMES:
                        return {"error": "picture", "found": f"more than {MAX_FRAMES} pages"}
                told = picture.info.get("dpi", (0, 0))[0]
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        return {"error": "picture", "found": str(error) or "a broken picture"}
    width = min(pages[0].size)
    dpi = float(told) if told and told >= 120 else max(72.0, width / _A4_INCHES)
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=_QUALITY)
    return {"pdf": base64.b64encode(out.getvalue()).decode("ascii")}


def _flat(frame: Any) -> Any:
    """The frame on white paper, in a mode that PDF knows."""
    from PIL import Image

    if frame.mode in ("1", "L", "RGB"):
        return frame.copy()
    if "A" in frame.mode or "transparency" in frame.info:
        paper = Image.new("RGBA", frame.size, "white")
        paper.alpha_composite(frame.convert("RGBA"))
        return paper.convert("RGB")
    return frame.convert("L" if frame.mode.startswith("I") or frame.mode == "F" else "RGB")
