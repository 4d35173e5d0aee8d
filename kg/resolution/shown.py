"""Names as tables show them: with a place where the name alone does not tell which body is meant."""

from __future__ import annotations


def name_with_place(name: str, province: str | None) -> str:
    """Give the name with the province behind it; as it is without one, or where it has it already.

    >>> name_with_place("Ủy ban nhân dân thành phố", "Hà Nội"), name_with_place("Sở Y tế", "Huế"), name_with_place("Sở Y tế", None)
    ('Ủy ban nhân dân thành phố Hà Nội', 'Sở Y tế (Huế)', 'Sở Y tế')
    """
    if province is None or province in name:
        return name
    return f"{name} {province}" if name.endswith((" tỉnh", " thành phố")) else f"{name} ({province})"
