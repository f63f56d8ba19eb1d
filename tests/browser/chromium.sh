#!/bin/sh
# Makes sure that a Chromium is there for the browser tests, or says what to do.
if [ -n "$ATLAS_CHROMIUM" ] && [ -x "$ATLAS_CHROMIUM" ]; then exit 0; fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests ..."
  apt-get update -qq >/dev/null 2>&1
  if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1; then exit 0; fi
fi
echo "The browser tests need Chromium and none was found." >&2
echo "Install it (Debian: sudo apt-get install chromium) or set ATLAS_CHROMIUM to its path." >&2
exit 1
