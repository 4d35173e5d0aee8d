"""Puts the third-party files of the pages into a wheel, where npm and a network are there; a wheel without them works, too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):
    """Fetches what ``viz/web/assets.lock.json`` names into ``viz/_assets``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch before the wheel's files are collected; of an editable install the user's cache serves."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from viz.assets import AssetError, fetch_assets
        finally:
            sys.path.pop(0)
        try:
            files = fetch_assets(Path(self.root) / "viz" / "_assets")
        except AssetError as error:
            self.app.display_warning(f"built without SPARQL inside pages: {error}")
            return
        build_data["force_include"].update({str(file): str(file.relative_to(self.root)) for file in files})
