"""Read by Python at its start when this folder is on PYTHONPATH: another clock, or an end at a set moment.

Only for tests. `ATLAS_TEST_CLOCK` is the time at which the process believes to start, in seconds; after
`ATLAS_TEST_LAST_WRITE` writes it kills the process that started it, and itself.
"""

import os
import signal
import sys

if "ATLAS_TEST_CLOCK" in os.environ:
    import time_machine

    time_machine.travel(float(os.environ["ATLAS_TEST_CLOCK"])).start()

if "ATLAS_TEST_LAST_WRITE" in os.environ:
    left = int(os.environ["ATLAS_TEST_LAST_WRITE"])

    def count(event: str, arguments: tuple) -> None:
        """Count what opens a file for writing, or makes a folder."""
        global left
        if event == "os.mkdir" or (event == "open" and str(arguments[1] or "").startswith("w")):
            left -= 1
            if left == 0:
                os.kill(os.getppid(), signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
