# stderr: whole
import _raises
