#!/bin/sh
# The bill of materials of a site: the pinned packages that make it, in an environment of their own.
set -eu
bin=$1 folder=build/sbom
rm -rf "$folder"
"$bin/uv" venv --quiet --python "$bin/python" "$folder/venv"
"$bin/uv" pip sync --quiet --python "$folder/venv" --require-hashes --only-binary :all: requirements/site.txt
"$bin/cyclonedx-py" environment --pyproject pyproject.toml --mc-type application --output-reproducible \
  --output-file "$folder/site.cdx.json" "$folder/venv/bin/python"
rm -rf "$folder/venv"
echo "The bill of materials is in $folder/site.cdx.json"
