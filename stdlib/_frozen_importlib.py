"""CPython's importlib._bootstrap, connected with the native import system by _frozen_importlib_external."""
import sys as _sys

import _import_core as _core

exec(_core.code_of_file(f'{_sys.prefix}/lib/python3.11/importlib/_bootstrap.py'), globals())
import _frozen_importlib_external
