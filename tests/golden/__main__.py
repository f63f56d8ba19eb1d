"""Accept the tree that is made now: `python -m tests.golden`. Read the difference before you commit it."""

from generator.artifacts import Artifact
from generator.write import write_tree
from tests.golden import EXPECTED, make_tree

written = write_tree(EXPECTED, [Artifact(path, content) for path, content in make_tree().items()])
print(f"{written.files} files, {written.changed} changed, {written.removed} removed")
