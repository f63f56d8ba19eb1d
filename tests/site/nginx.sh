#!/bin/sh
# Makes sure that an nginx is there for the tests of the shipped configuration, or says what to do.
PATH="$PATH:/usr/sbin:/usr/local/sbin"
if [ -n "$ATLAS_NGINX" ] && [ -x "$ATLAS_NGINX" ]; then exit 0; fi
if command -v nginx >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing nginx for the tests of what hosts are told ..."
  apt-get update -qq >/dev/null 2>&1
  if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null 2>&1; then exit 0; fi
fi
echo "The tests of the shipped nginx configuration need nginx and none was found." >&2
echo "Install it (Debian: sudo apt-get install nginx-light) or set ATLAS_NGINX to its path." >&2
exit 1
