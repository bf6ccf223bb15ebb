"""What Lisle adds to Python: all of `stackless`, and images (`lisle.image`)."""
from stackless import *
