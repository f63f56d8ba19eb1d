"""Promise what is new: `python -m tests.compat`. What was promised before is never taken away here."""

import json
import sys

from generator.pipeline import load_knowledge
from tests.compat import SAMPLE, added, broken, made_now, read_sample
from tests.golden import FIXTURE, Fixture

now = made_now(load_knowledge(Fixture(FIXTURE))[0])
promised = read_sample() if SAMPLE.exists() else {}
if faults := broken(promised, now):
    sys.exit("\n".join(['Version 1 promised what is no longer so; see /data/, "What may change":', *faults]))
print(f"{len(added(promised, now))} promises added")
SAMPLE.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")
