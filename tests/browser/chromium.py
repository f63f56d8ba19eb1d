"""Finds and starts the Chromium of this machine; none is ever downloaded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str:
    """The browser that ATLAS_CHROMIUM names, else the first known one on the path."""
    chosen = os.environ.get("ATLAS_CHROMIUM", "")
    if chosen and os.access(chosen, os.X_OK) and Path(chosen).is_file():
        return chosen
    for name in NAMES:
        if found := shutil.which(name):
            return found
    pytest.fail("no Chromium was found: run tests/browser/chromium.sh or set ATLAS_CHROMIUM to its path")


def launch(playwright: Playwright) -> Browser:
    """Start it, without a window."""
    return playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
