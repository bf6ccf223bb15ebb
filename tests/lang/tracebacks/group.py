# stderr: whole
raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])
